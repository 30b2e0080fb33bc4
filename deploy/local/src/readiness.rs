//! Asking the processes whether they can serve.

use std::time::Duration;

use crate::environment::{Process, Surroundings};
use crate::failure::{Context as _, Failure};

const PAUSE: Duration = Duration::from_millis(50);

/// Resolves once every process has answered `/health/ready` with 200.
pub async fn all_ready(surroundings: &Surroundings) -> Result<(), Failure> {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .no_proxy()
        .build()
        .context("the HTTP client can't be built")?;
    for process in Process::ALL {
        let url = format!("{}/health/ready", address(surroundings, process));
        while !is_ready(&client, &url).await {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(())
}

fn address(surroundings: &Surroundings, process: Process) -> String {
    match process {
        Process::Gateway => surroundings.settings.gateway_url(),
        service => surroundings.ports.url(service),
    }
}

async fn is_ready(client: &reqwest::Client, url: &str) -> bool {
    client.get(url).send().await.is_ok_and(|answer| answer.status() == reqwest::StatusCode::OK)
}
