//! The whole API of this service on one screen.

use dto::operations::Upstream;
use service_kit::routes::Routes;

pub fn routes() -> Routes {
    Routes::new(Upstream::Promotion)
}
