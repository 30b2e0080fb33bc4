//! 문의: written by their members, and taken on and answered by the demo's agents. Each call has a key of its own, so that a load
//! that was cut short finds what it has made and goes on with it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::demo::{ADMIN, AGENTS, Fate, Inquiry, Template};
use crate::failure::Failure;
use crate::gateway_client::{CallError, GatewayClient};
use crate::token::LocalIssuer;

const WRITE: &str = "/v1/customerservice/questionSave";
const DELETE: &str = "/v1/customerservice/questionDel";
const START: &str = "/v1/customerservice/integratedCounselMgmt/startProcess";
const ANSWER: &str = "/v1/customerservice/integratedCounselMgmt/saveAnswer";
const TEMPLATE: &str = "/v1/customerservice/counselTemplateMgmt/saveCounselTemplate";
const ANSWERED: &str = "{{mbrNm}}님, 안녕하세요. 확인해 보니 오늘 처리되었습니다. 불편을 드려 죄송합니다.";

/// What the desk finds when it is opened for the first time. False where no service offers it yet.
pub(super) async fn write(
    gateway: &GatewayClient,
    issuer: &LocalIssuer,
    (inquiries, templates): (&[Inquiry], &[Template]),
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    for (number, template) in templates.iter().enumerate() {
        let (role, name) = template.agent.map_or(("admin", ADMIN), |agent| ("agent", agent));
        let token = issuer.token(role, name, now)?;
        let made = gateway
            .post_once(&token, TEMPLATE, &template.body.to_string(), &format!("demo-template-{number}"))
            .await;
        if !is_done(made.map(drop), &format!("template {number}"))? {
            return Ok(false);
        }
    }
    for (number, inquiry) in inquiries.iter().enumerate() {
        let member = issuer.token("member", &inquiry.mbr_no, now)?;
        let agents = [issuer.token("agent", AGENTS[0], now)?, issuer.token("agent", AGENTS[1], now)?];
        let made = carry_out(gateway, &member, &agents, number, inquiry).await;
        if !is_done(made, &format!("inquiry {number}"))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_done(made: Result<(), CallError>, what: &str) -> Result<bool, Failure> {
    match made {
        Ok(()) => Ok(true),
        Err(CallError::Refused(refusal)) if refusal.is_not_implemented() => Ok(false),
        // One that has gone further since is fine where it is.
        Err(CallError::Refused(refusal)) if refusal.code.starts_with("INQUIRY_") => Ok(true),
        Err(CallError::Refused(refusal)) => {
            eprintln!("local-stack: demo {what} refused: {refusal}");
            Ok(true)
        }
        Err(CallError::Failed(failure)) => Err(failure),
    }
}

async fn carry_out(
    gateway: &GatewayClient,
    member: &str,
    agents: &[String],
    number: usize,
    inquiry: &Inquiry,
) -> Result<(), CallError> {
    let key = |step: &str| format!("demo-inquiry-{number}-{step}");
    let (content_type, body) = &inquiry.request;
    let written = gateway.post_bytes_once(member, WRITE, (content_type, body), &key("write")).await?;
    let ccn_no = written.as_str().unwrap_or_default();
    let named = json!({"ccnNo": ccn_no}).to_string();
    let token = |agent: usize| agents.get(agent).map_or("", String::as_str);
    match inquiry.fate {
        Fate::Waits => {}
        Fate::Deleted => {
            gateway.post_once(member, DELETE, &named, &key("delete")).await?;
        }
        Fate::InProcess(agent) => {
            gateway.post_once(token(agent), START, &named, &key("start")).await?;
        }
        Fate::Answered(agent) => {
            gateway.post_once(token(agent), START, &named, &key("start")).await?;
            let answer: Value = json!({"ccnNo": ccn_no, "ansCont": ANSWERED});
            gateway.post_once(token(agent), ANSWER, &answer.to_string(), &key("answer")).await?;
        }
    }
    Ok(())
}
