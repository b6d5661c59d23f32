//! Logs: to standard error, as text or JSON, without personal data.

use base::Result;
use base::config::{Config, LogFormat};
use base::error::invalid;
use tracing_subscriber::EnvFilter;

pub fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|e| invalid("settings_log", format!("The log filter can't be read: {e}.")))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    started.map_err(base::error::internal)
}
