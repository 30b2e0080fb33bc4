use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
    let now = chrono::Utc::now();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match local_stack::execute(&arguments, &|name| std::env::var(name).ok(), now).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("local-stack: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
