//! The gateway: what it answers itself.

use dto::login::LoginInfo;

use super::{Access, Answer, Body, Method, Prefix, Role, Shape, Shows};

operations! {
    None;

    GET_LOGIN_INFO {
        id: "getLoginInfo",
        korean: "로그인 정보 조회",
        english: "who the token says one is, until when, and what time it is here",
        method: Method::Get,
        path: "/v1/common/getLoginInfo",
        access: Access::Roles(Role::ALL),
        prefix: Prefix::Order,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<LoginInfo>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }
}
