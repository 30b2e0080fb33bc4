-- The load: each request with the next of the tokens; at the end one line of figures for run.sh.
local requests, at = {}, 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        local headers = { ["Authorization"] = "Bearer " .. line, ["Host"] = "shop.example" }
        requests[#requests + 1] = wrk.format("GET", "/v1/customerservice/getQuestion", headers)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
