//! The state behind all routes: the open workspaces and what fills the sockets.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base::Result;
use base::config::Config;
use base::error::not_found;
use journal::Workspace;
use journal::directory::Directory;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::client::{Client, Proxies};
use crate::limit::Limits;
use crate::live::Feeds;
use crate::sockets::{Assets, Authenticate, Viewers};
use crate::standing::{Opener, Standing};
use crate::transfer::{Transfer, Transfers};

/// How long an answer of the directory is believed.
const HOST_KEPT: Duration = Duration::from_secs(5);
const MOST_HOSTS: usize = 1_000;

/// What the roof hands over once.
pub struct Parts {
    /// Which host belongs to which workspace; without one the only workspace serves every host.
    pub directory: Option<Directory>,
    pub authenticate: Arc<dyn Authenticate>,
    pub viewers: Arc<dyn Viewers>,
    pub assets: Arc<dyn Assets>,
    pub public_url: Option<String>,
    pub trusted_proxies: Vec<String>,
    pub metrics: Option<PrometheusHandle>,
    pub limits: Limits,
}

impl Parts {
    pub fn new(authenticate: Arc<dyn Authenticate>, viewers: Arc<dyn Viewers>) -> Parts {
        Parts {
            directory: None,
            authenticate,
            viewers,
            assets: Arc::new(crate::sockets::NoAssets),
            public_url: None,
            trusted_proxies: Vec::new(),
            metrics: None,
            limits: Limits::usual(),
        }
    }

    /// Takes what stands in the boot settings.
    pub fn configured(self, config: &Config) -> Parts {
        let trusted_proxies = config.trusted_proxies.clone();
        Parts { public_url: config.public_url.clone(), trusted_proxies, ..self }
    }
}

/// The state of the router; cloning it is cheap.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    parts: Parts,
    proxies: Proxies,
    standing: Standing,
    hosts: Mutex<HashMap<String, (Instant, Option<String>)>>,
    feeds: Feeds,
    transfers: Transfers,
    node_held: AtomicBool,
}

impl House {
    pub fn new(parts: Parts) -> Result<House> {
        let proxies = Proxies::parse(&parts.trusted_proxies)?;
        Ok(House(Arc::new(Inner {
            parts,
            proxies,
            standing: Standing::default(),
            hosts: Mutex::default(),
            feeds: Feeds::default(),
            transfers: Transfers::default(),
            node_held: AtomicBool::new(true),
        })))
    }

    /// Begins to serve a workspace.
    pub fn add(&self, workspace: Arc<Workspace>) {
        self.0.standing.add(workspace);
        self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// By whom workspaces that sleep are opened.
    pub fn set_opener(&self, opener: Arc<dyn Opener>) {
        self.0.standing.set_opener(opener);
    }

    /// The workspace of this name, opened when it sleeps.
    pub async fn open(&self, name: &str) -> Result<Arc<Workspace>> {
        self.0.standing.open(name).await
    }

    /// No longer serves a workspace. `None` when it was not open, or when desks still listen to it.
    pub fn remove(&self, name: &str) -> Option<Arc<Workspace>> {
        match self.0.feeds.end(name) {
            true => self.0.standing.remove(name),
            false => None,
        }
    }

    /// How long nobody has asked for each workspace that is open.
    pub fn idle(&self) -> Vec<(String, Duration)> {
        self.0.standing.idle()
    }

    pub fn workspace(&self, name: &str) -> Option<Arc<Workspace>> {
        self.0.standing.find(name)
    }

    /// Those that are open.
    pub fn workspaces(&self) -> Vec<Arc<Workspace>> {
        self.0.standing.all()
    }

    /// The workspace that a host belongs to (without its port).
    pub async fn by_host(&self, host: &str) -> Result<Arc<Workspace>> {
        let Some(directory) = &self.0.parts.directory else {
            let open = self.workspaces();
            let named = || open.iter().find(|w| w.name == host).cloned();
            let found = if open.len() == 1 { open.first().cloned() } else { named() };
            return found.ok_or_else(|| not_found("unknown_host"));
        };
        let kept = self.kept_host(host);
        let name = match kept {
            Some(name) => name,
            None => {
                let name = directory.by_host(host).await?;
                self.keep_host(host, name.clone());
                name
            }
        };
        let name = name.ok_or_else(|| not_found("unknown_host"))?;
        self.open(&name).await
    }

    /// The workspace that a chat widget's key belongs to.
    pub async fn by_widget(&self, key: &str, host: &str) -> Result<Arc<Workspace>> {
        let named = match &self.0.parts.directory {
            Some(directory) => directory.by_widget(key).await?,
            None => None,
        };
        match named {
            Some(name) => self.open(&name).await,
            None => self.by_host(host).await,
        }
    }

    fn kept_host(&self, host: &str) -> Option<Option<String>> {
        let hosts = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.get(host).filter(|(at, _)| at.elapsed() < HOST_KEPT).map(|(_, name)| name.clone())
    }

    fn keep_host(&self, host: &str, name: Option<String>) {
        let mut hosts = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        // Anybody can send any Host: the memory for it has an end.
        if hosts.len() >= MOST_HOSTS {
            hosts.clear();
        }
        hosts.insert(host.to_owned(), (Instant::now(), name));
    }

    pub fn authenticate(&self) -> &Arc<dyn Authenticate> {
        &self.0.parts.authenticate
    }

    pub fn viewers(&self) -> &Arc<dyn Viewers> {
        &self.0.parts.viewers
    }

    pub fn assets(&self) -> &Arc<dyn Assets> {
        &self.0.parts.assets
    }

    pub fn limits(&self) -> &Limits {
        &self.0.parts.limits
    }

    pub fn public_url(&self) -> Option<&str> {
        self.0.parts.public_url.as_deref()
    }

    pub(crate) fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    pub(crate) fn feeds(&self) -> &Feeds {
        &self.0.feeds
    }

    /// Makes room for a file on its way in or out; kept until it has arrived.
    pub(crate) async fn transfer(&self, caller: String) -> Result<Transfer> {
        self.0.transfers.begin(caller).await
    }

    /// The same for somebody who has not signed in, counted by the network address.
    pub async fn stranger_transfer(&self, client: &Client) -> Result<Transfer> {
        self.0.transfers.begin_stranger(client.limit_key().to_string()).await
    }

    pub(crate) fn metrics(&self) -> Option<&PrometheusHandle> {
        self.0.parts.metrics.as_ref()
    }

    /// Tells whether this process still holds its node number; without one it is not ready.
    pub fn set_node_held(&self, held: bool) {
        self.0.node_held.store(held, Ordering::Relaxed);
    }

    pub(crate) fn node_held(&self) -> bool {
        self.0.node_held.load(Ordering::Relaxed)
    }
}
