//! `sekisho serve`: several AWS accounts on this machine, behind one gate.

mod answer;
mod authority;
mod body;
mod caller;
mod caught;
pub mod control;
mod door;
mod engine;
mod holds;
mod keys;
mod listen;
mod patience;
mod receive;
mod rest;
mod send;
mod stall;
pub mod start;
mod tls;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use sekisho_cloud::call::World;
use sekisho_cloud::vault::RootKey;
use sekisho_cloud::writes::{Archive, Writes};
use sekisho_cloud::{Cloud, Fault};
use sekisho_wire::route::Hosts;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

pub use authority::certificate_file;
pub use patience::Patience;

use crate::store::{BodyError, Loaded, OpenError, Store, StoreFailed};
use body::Room;
use door::Door;
use engine::Engine;
use start::{ClientFiles, Endpoint, NamedAccount};
use tls::Tls;

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
    /// Whether connections are to be encrypted, all of them.
    pub tls: bool,
    /// How long clients may take.
    pub patience: Patience,
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
    /// What a crash left of bodies cannot be looked at or removed.
    #[error("what the last run left unfinished cannot be cleared away: {0}")]
    Sweep(#[from] BodyError),
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
    tls: Option<Tls>,
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
        let live = cloud.bodies();
        store.sweep(|id| live.contains(&id))?;
        let engine = Arc::new(Engine::new(cloud, store));
        let wanted = SocketAddr::new(settings.address, settings.port);
        let listen = |why| ServeError::Listen { address: wanted, why };
        let listener = TcpListener::bind(wanted).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let clients = ClientFiles::of(&settings.data);
        let founded = found(&engine, settings, &clients).await?;
        let accounts = accounts(&engine)?;
        let names: Vec<_> = accounts.iter().map(|account| account.name.clone()).collect();
        let tls = settings.tls.then(|| Tls::open(&settings.data, settings.address));
        let tls = tls.transpose().map_err(files)?;
        let trusted = tls.is_some().then(|| certificate_file(&settings.data).canonicalize());
        let trusted = trusted.transpose().map_err(files)?;
        let at = Endpoint { address, trusted: trusted.as_deref() };
        clients.write_config(&names, &settings.region, &at).map_err(files)?;
        let control = control::Control::open(&settings.data, Arc::clone(&engine)).map_err(files)?;
        let hosts = Hosts::new(["localhost".to_owned(), settings.address.to_string()]);
        let region = settings.region.clone();
        let (tells, patience, room) = (settings.tells, settings.patience.clone(), Room::new());
        let door = Arc::new(Door { engine, hosts, region, tells, patience, room });
        Ok(Self { listener, door, tls, control, address, accounts, founded })
    }

    /// Answers until `ended` does, then lets the requests in progress end.
    pub async fn serve(self, ended: impl Future<Output = ()>) {
        let control = tokio::spawn(self.control.serve());
        listen::serve(self.listener, self.door, self.tls, ended).await;
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

/// Founds the accounts that are missing: all of them in one commit, so that a start that is cut off
/// has founded all or none. Their keys are written down before that: a process that ends between the
/// two leaves keys that open nothing, and the next start puts others in their place. The other way
/// round it would leave accounts that nobody can enter.
async fn found(
    engine: &Engine,
    settings: &Settings,
    clients: &ClientFiles,
) -> Result<BTreeSet<String>, ServeError> {
    let missing = engine.look(|cloud| missing(cloud, settings))?;
    let mut worlds = Vec::with_capacity(missing.len());
    for _ in &missing {
        worlds.push(engine.world()?);
    }
    let mut made = Ok(());
    let committed = engine.commit(|cloud| {
        let founded = found_all(cloud, &missing, worlds, settings, clients);
        founded.unwrap_or_else(|error| {
            made = Err(error);
            Writes::default()
        })
    });
    committed.await?;
    made.map(|()| missing.into_iter().map(|account| account.name).collect())
}

/// The accounts that are wanted and not there.
fn missing(cloud: &Cloud, settings: &Settings) -> Vec<NamedAccount> {
    let known = cloud.accounts();
    let is_first = known.ids().next().is_none() && settings.accounts.is_empty();
    let wanted = if is_first { start::default_accounts() } else { settings.accounts.clone() };
    wanted.into_iter().filter(|account| !known.has(account.id)).collect()
}

fn found_all(
    cloud: &mut Cloud,
    missing: &[NamedAccount],
    worlds: Vec<World>,
    settings: &Settings,
    clients: &ClientFiles,
) -> Result<Writes, ServeError> {
    let (mut writes, mut keys) = (Writes::default(), Vec::new());
    for (account, world) in missing.iter().zip(worlds) {
        let refused =
            |fault| ServeError::Found { name: account.name.clone(), fault: Box::new(fault) };
        if let Some(other) = cloud.accounts().iter().find(|other| other.name == account.name) {
            let text = format!("that is the name of {}; choose another", other.id);
            return Err(refused(Fault::new("EntityAlreadyExists", text)));
        }
        let mut key = cloud.found(world, account.founding(&settings.region)).map_err(refused)?;
        writes.append(std::mem::take(&mut key.writes));
        keys.push((account, key));
    }
    if !keys.is_empty() {
        let files = |why| ServeError::Files { data: settings.data.display().to_string(), why };
        clients.put_keys(&keys).map_err(files)?;
    }
    Ok(writes)
}

fn accounts(engine: &Engine) -> Result<Vec<NamedAccount>, StoreFailed> {
    engine.look(|cloud| {
        let accounts = cloud.accounts().iter();
        accounts.map(|one| NamedAccount { name: one.name.clone(), id: one.id }).collect()
    })
}
