//! What a use case fails with, and the one place that turns it into an answer.

use contract::ResultCode;
use db::DbError;
use platform::error::Problem;
use platform::http_client::ClientError;

/// A use case's failure. Each service adds `From` for the refusals of its own rules.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal in the words its caller gets.
    #[error(transparent)]
    Refused(#[from] Problem),
    #[error("the database could not help")]
    Database(#[from] DbError),
    #[error("a sister service could not help")]
    Sister(#[from] ClientError),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(problem) => problem,
            Error::Database(error) => from_db(error),
            Error::Sister(error) => error.into(),
        }
    }
}

impl From<Error> for actix_web::Error {
    fn from(error: Error) -> Self {
        Problem::from(error).into()
    }
}

/// A busy or absent database is 503, anything else a failure of ours.
pub fn from_db(error: DbError) -> Problem {
    match error {
        DbError::Busy | DbError::Connection(_) => {
            Problem::new(ResultCode::ServiceUnavailable).retry_after(1).caused_by(error)
        }
        DbError::Query(_) | DbError::Panicked => Problem::internal(error),
    }
}
