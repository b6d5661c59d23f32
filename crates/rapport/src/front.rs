//! What browsers meet: the state behind the routes, with what the crates below put into it.

use std::sync::Arc;

use base::{Config, Result};
use journal::directory::Directory;
use metrics_exporter_prometheus::PrometheusHandle;
use web::{House, Parts};

use crate::assets::Desk;

pub fn house(config: &Config, directory: Directory, metrics: Option<PrometheusHandle>) -> Result<House> {
    let viewers = Arc::new(conversations::viewers::Desks);
    let parts = Parts::new(Arc::new(people::Doorkeeper), viewers).configured(config);
    House::new(Parts { directory: Some(directory), assets: Arc::new(Desk), metrics, ..parts })
}
