-- Judges a bearer token the way the gateway does, with OpenSSL's verification and a cache per worker.
local ffi = require "ffi"
local cjson = require "cjson.safe"
local lrucache = require "resty.lrucache"

ffi.cdef [[
typedef struct evp_pkey_st EVP_PKEY;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_md_st EVP_MD;
typedef struct bio_st BIO;
BIO *BIO_new_mem_buf(const void *buf, int len);
EVP_PKEY *PEM_read_bio_PUBKEY(BIO *bp, EVP_PKEY **x, void *cb, void *u);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *ctx);
const EVP_MD *EVP_sha256(void);
int EVP_DigestVerifyInit(EVP_MD_CTX *ctx, void **pctx, const EVP_MD *type, void *e, EVP_PKEY *pkey);
int EVP_DigestVerify(EVP_MD_CTX *ctx, const unsigned char *sig, size_t siglen, const unsigned char *tbs, size_t tbslen);
]]

local crypto = ffi.load("libcrypto.so.3")
local cache = lrucache.new(10000)
local key

local _M = {}

function _M.init(path)
    local file = assert(io.open(path))
    local pem = file:read("*a")
    file:close()
    key = crypto.PEM_read_bio_PUBKEY(crypto.BIO_new_mem_buf(pem, #pem), nil, nil, nil)
    assert(key ~= nil)
end

local function decode(part)
    local text = part:gsub("-", "+"):gsub("_", "/")
    return ngx.decode_base64(text .. ("="):rep((4 - #text % 4) % 4))
end

local function verify(token)
    local header, payload, signature = token:match("^([%w_-]+)%.([%w_-]+)%.([%w_-]+)$")
    if not header then return nil end
    local head = cjson.decode(decode(header) or "")
    local claims = cjson.decode(decode(payload) or "")
    local bytes = decode(signature)
    if not head or not claims or not bytes or head.alg ~= "RS256" then return nil end
    local text = header .. "." .. payload
    local context = crypto.EVP_MD_CTX_new()
    local good = crypto.EVP_DigestVerifyInit(context, nil, crypto.EVP_sha256(), nil, key) == 1
        and crypto.EVP_DigestVerify(context, bytes, #bytes, text, #text) == 1
    crypto.EVP_MD_CTX_free(context)
    if not good or claims.iss ~= "local" or claims.aud ~= "order-aftercare" or type(claims.sub) ~= "string" then
        return nil
    end
    return { exp = claims.exp, caller = claims.sub, roles = table.concat(claims.roles, ",") }
end

function _M.access()
    local authorization = ngx.var.http_authorization
    local token = authorization and authorization:match("^Bearer (.+)$")
    if not token then return ngx.exit(401) end
    local entry = cache:get(token)
    if not entry then
        entry = verify(token)
        if not entry then return ngx.exit(401) end
        cache:set(token, entry)
    end
    if entry.exp <= ngx.time() then return ngx.exit(401) end
    ngx.req.set_header("X-Caller", entry.caller)
    ngx.req.set_header("X-Roles", entry.roles)
    ngx.req.clear_header("Authorization")
end

return _M
