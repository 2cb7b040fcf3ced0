//! `sekisho serve`: several AWS accounts on this machine, behind one gate.

mod answer;
mod body;
mod caller;
pub mod control;
mod door;
mod engine;
mod keys;
mod listen;
mod receive;
mod rest;
mod send;
pub mod start;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use sekisho_cloud::vault::RootKey;
use sekisho_cloud::writes::Archive;
use sekisho_cloud::{Cloud, Fault};
use sekisho_wire::route::Hosts;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

use crate::store::{Loaded, OpenError, Store, StoreFailed};
use door::Door;
use engine::Engine;
use start::{ClientFiles, NamedAccount};

/// What a server is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder in which everything is kept.
    pub data: PathBuf,
    /// The address to listen on.
    pub address: IpAddr,
    /// The port to listen on; 0: any that is free.
    pub port: u16,
    /// The region of the profiles.
    pub region: String,
    /// Accounts to found, where they are not there yet.
    pub accounts: Vec<NamedAccount>,
    /// Whether each call is told on standard error.
    pub tells: bool,
}

/// Why a server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// What is in the store is not what the engine wrote.
    #[error("the store in `{data}` cannot be read back: {why}")]
    Rows {
        /// The folder.
        data: String,
        /// What is wrong.
        why: String,
    },
    /// The store does not take what a start has to write.
    #[error(transparent)]
    Stopped(#[from] StoreFailed),
    /// The port is taken, or the address is not this machine's.
    #[error("cannot listen on {address}: {why}; choose another with `--port`")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        why: io::Error,
    },
    /// An account cannot be founded.
    #[error("the account `{name}` cannot be founded: {}", .fault.message.as_deref().unwrap_or(.fault.code))]
    Found {
        /// Its name.
        name: String,
        /// Why.
        fault: Box<Fault>,
    },
    /// A file cannot be written.
    #[error("cannot write in `{data}`: {why}")]
    Files {
        /// The folder.
        data: String,
        /// What the system says.
        why: io::Error,
    },
    /// The system gives no threads.
    #[error("cannot start: {0}")]
    Runtime(io::Error),
}

/// A server that is ready to answer.
pub struct Server {
    listener: TcpListener,
    door: Arc<Door>,
    control: control::Control,
    /// Where it answers.
    pub address: SocketAddr,
    /// The accounts, by name.
    pub accounts: Vec<NamedAccount>,
    /// The accounts that were founded by this start.
    pub founded: BTreeSet<String>,
}

impl Server {
    /// Opens the store, founds what is missing, listens.
    ///
    /// # Errors
    /// Says what keeps it from answering.
    pub async fn begin(settings: &Settings) -> Result<Self, ServeError> {
        let (store, loaded) = Store::open(&settings.data)?;
        let store = Arc::new(store);
        let data = || settings.data.display().to_string();
        let files = |why| ServeError::Files { data: data(), why };
        let cloud = load(&store, loaded)
            .map_err(|why| ServeError::Rows { data: data(), why: why.to_string() })?;
        let engine = Arc::new(Engine::new(cloud, store));
        let wanted = SocketAddr::new(settings.address, settings.port);
        let listen = |why| ServeError::Listen { address: wanted, why };
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let clients = ClientFiles::of(&settings.data);
        let founded = found(&engine, settings, &clients).await?;
        let accounts = accounts(&engine)?;
        let names: Vec<_> = accounts.iter().map(|account| account.name.clone()).collect();
        let endpoint = format!("http://{address}");
        clients.write_config(&names, &settings.region, &endpoint).map_err(files)?;
        let control = control::Control::open(&settings.data, Arc::clone(&engine)).map_err(files)?;
        let hosts = Hosts::new(["localhost".to_owned(), settings.address.to_string()]);
        let region = settings.region.clone();
        let door = Arc::new(Door { engine, hosts, region, tells: settings.tells });
        Ok(Self { listener, door, control, address, accounts, founded })
    }

    /// Answers until `ended` does, then lets the requests in progress end.
    pub async fn serve(self, ended: impl Future<Output = ()>) {
        let control = tokio::spawn(self.control.serve());
        listen::serve(self.listener, self.door, ended).await;
        control.abort();
    }
}

/// The engine as the store has it.
fn load(store: &Arc<Store>, loaded: Loaded) -> Result<Cloud, sekisho_cloud::table::RowError> {
    let root_key = RootKey::new(Zeroizing::new(*loaded.master_key.bytes()));
    let archive: Arc<dyn Archive + Send + Sync> = Arc::<Store>::clone(store);
    let mut cloud = Cloud::new(&root_key, archive);
    for (table, rows) in loaded.rows {
        for (key, value) in rows {
            cloud.load(&table, &key, &value)?;
        }
    }
    if let Some(head) = loaded.head {
        cloud.continue_journal(head.number, &head.bytes);
    }
    Ok(cloud)
}

async fn found(
    engine: &Engine,
    settings: &Settings,
    clients: &ClientFiles,
) -> Result<BTreeSet<String>, ServeError> {
    let mut founded = BTreeSet::new();
    let is_empty = engine.look(|cloud| cloud.accounts().ids().next().is_none())?;
    let defaults = start::default_accounts();
    let wanted =
        if settings.accounts.is_empty() && is_empty { &defaults } else { &settings.accounts };
    for account in wanted {
        if engine.look(|cloud| cloud.accounts().has(account.id))? {
            continue;
        }
        let world = engine.world()?;
        let mut made = None;
        let new = account.founding(&settings.region);
        engine
            .commit(|cloud| match cloud.found(world, new) {
                Ok(mut key) => {
                    let writes = std::mem::take(&mut key.writes);
                    made = Some(Ok(key));
                    writes
                }
                Err(fault) => {
                    made = Some(Err(fault));
                    Default::default()
                }
            })
            .await?;
        let refused =
            |fault| ServeError::Found { name: account.name.clone(), fault: Box::new(fault) };
        let Some(made) = made else { continue };
        let key = made.map_err(refused)?;
        let files = |why| ServeError::Files { data: settings.data.display().to_string(), why };
        clients.add_key(account, &key).map_err(files)?;
        founded.insert(account.name.clone());
    }
    Ok(founded)
}

fn accounts(engine: &Engine) -> Result<Vec<NamedAccount>, StoreFailed> {
    engine.look(|cloud| {
        let accounts = cloud.accounts().iter();
        accounts.map(|one| NamedAccount { name: one.name.clone(), id: one.id }).collect()
    })
}
