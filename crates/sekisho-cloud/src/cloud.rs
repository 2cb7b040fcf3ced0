//! The engine's state: the accounts, and what each service holds.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::accounts::Accounts;
use crate::call::World;
use crate::directory::Directory;
use crate::gate::{Cache, Scene};
use crate::journal::Chain;
use crate::services::cloudtrail::state::CloudTrail;
use crate::services::iam::state::Iam;
use crate::services::kms::state::Kms;
use crate::services::organizations::state::Organizations;
use crate::services::s3::state::S3;
use crate::services::secretsmanager::state::SecretsManager;
use crate::services::ssm::state::Ssm;
use crate::services::sts::state::Sts;
use crate::table::{AnyTable, RowError};
use crate::vault::{RootKey, Vault, VaultOf};
use crate::writes::{Archive, BodyId, Row, Writes};

/// The engine.
pub struct Cloud {
    accounts: Accounts,
    iam: Iam,
    organizations: Organizations,
    cloudtrail: CloudTrail,
    kms: Kms,
    s3: S3,
    secretsmanager: SecretsManager,
    ssm: Ssm,
    sts: Sts,
    pub(crate) chain: Chain,
    vaults: [Vault; VaultOf::ALL.len()],
    archive: Arc<dyn Archive + Send + Sync>,
    cache: RefCell<Cache>,
    /// Grows whenever IAM, Organizations or the accounts change.
    epoch: u64,
    /// The versions of those tables when `epoch` was last set.
    settled: u64,
}

/// What a service holds.
pub trait State: Sized + 'static {
    /// The state of this service.
    fn of(cloud: &Cloud) -> &Self;
    /// Likewise, to be changed.
    fn of_mut(cloud: &mut Cloud) -> &mut Self;
}

/// The one place that knows which services have state. `who` are those that say who exists and what
/// stands behind them: a change there settles the gate anew.
macro_rules! states {
    (who: $($who:ident: $Who:ty),+; others: $($field:ident: $Type:ty),*) => {
        $(impl State for $Who {
            fn of(cloud: &Cloud) -> &Self { &cloud.$who }
            fn of_mut(cloud: &mut Cloud) -> &mut Self { &mut cloud.$who }
        })+
        $(impl State for $Type {
            fn of(cloud: &Cloud) -> &Self { &cloud.$field }
            fn of_mut(cloud: &mut Cloud) -> &mut Self { &mut cloud.$field }
        })*

        impl Cloud {
            fn each_table(&mut self, visit: &mut dyn FnMut(&mut dyn AnyTable)) {
                self.each_who(visit);
                $(for table in self.$field.tables() { visit(table); })*
            }

            fn each_who(&mut self, visit: &mut dyn FnMut(&mut dyn AnyTable)) {
                $(for table in self.$who.tables() { visit(table); })+
            }
        }
    };
}

states! {
    who: accounts: Accounts, iam: Iam, organizations: Organizations;
    others: cloudtrail: CloudTrail, kms: Kms, s3: S3, secretsmanager: SecretsManager, ssm: Ssm,
        sts: Sts
}

impl Cloud {
    /// An engine without accounts.
    pub fn new(root_key: &RootKey, archive: Arc<dyn Archive + Send + Sync>) -> Self {
        Self {
            accounts: Accounts::default(),
            iam: Iam::default(),
            organizations: Organizations::default(),
            cloudtrail: CloudTrail::default(),
            kms: Kms::default(),
            s3: S3::default(),
            secretsmanager: SecretsManager::default(),
            ssm: Ssm::default(),
            sts: Sts::default(),
            chain: Chain::default(),
            vaults: VaultOf::ALL.map(|of| root_key.vault(of)),
            archive,
            cache: RefCell::default(),
            epoch: 0,
            settled: 0,
        }
    }

    /// Takes a row from the store. All rows are loaded before the first call.
    ///
    /// # Errors
    /// When no table takes it.
    pub fn load(&mut self, table: &str, key: &str, value: &[u8]) -> Result<(), RowError> {
        let mut loaded = None;
        self.each_table(&mut |known| {
            if known.name() == table {
                loaded = Some(known.load(key.to_owned(), value));
            }
        });
        let unknown = || RowError {
            table: table.to_owned(),
            key: key.to_owned(),
            why: "there is no such table; was it written by a newer version?".to_owned(),
        };
        self.cache.get_mut().clear();
        self.epoch += 1;
        loaded.unwrap_or_else(|| Err(unknown()))
    }

    /// Goes on with the journal after this record, the last one of the store.
    pub fn continue_journal(&mut self, number: u64, record: &[u8]) {
        self.chain = Chain::after(number, record);
    }

    /// The bodies that some row names. Whatever else the store has of bodies, nobody can reach.
    pub fn bodies(&self) -> BTreeSet<BodyId> {
        self.s3.bodies().collect()
    }

    /// All rows, as the store should hold them.
    pub fn rows(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        self.each_table(&mut |table| table.dump(&mut rows));
        rows
    }

    /// How far the engine's clock is ahead of the machine's, in milliseconds.
    pub fn clock_ahead_ms(&self) -> i64 {
        self.accounts.clock_ahead_ms()
    }

    /// Moves the engine's clock forward, and writes that down.
    pub fn advance_clock(&mut self, world: World, by_ms: i64) -> Writes {
        self.accounts.advance_clock(by_ms);
        self.settle();
        self.close(Scene::new(world.now_ms, world.dice, String::new()), true)
    }

    /// The accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    pub(crate) fn accounts_mut(&mut self) -> &mut Accounts {
        &mut self.accounts
    }

    /// Who exists.
    pub fn directory(&self) -> Directory<'_> {
        Directory::new(&self.accounts, &self.iam, self.epoch)
    }

    pub(crate) fn iam(&self) -> &Iam {
        &self.iam
    }

    pub(crate) fn iam_mut(&mut self) -> &mut Iam {
        &mut self.iam
    }

    pub(crate) fn s3_mut(&mut self) -> &mut S3 {
        &mut self.s3
    }

    pub(crate) fn organizations(&self) -> &Organizations {
        &self.organizations
    }

    pub(crate) fn cache(&self) -> &RefCell<Cache> {
        &self.cache
    }

    pub(crate) fn archive(&self) -> &dyn Archive {
        &*self.archive
    }

    pub(crate) fn vault(&self, of: VaultOf) -> &Vault {
        let [access_keys, sessions, key_material, bodies, messages] = &self.vaults;
        match of {
            VaultOf::AccessKeys => access_keys,
            VaultOf::Sessions => sessions,
            VaultOf::KeyMaterial => key_material,
            VaultOf::Bodies => bodies,
            VaultOf::Messages => messages,
        }
    }

    /// How far each table has changed, to roll back to.
    pub(crate) fn marks(&mut self) -> Vec<usize> {
        let mut marks = Vec::with_capacity(TABLES_EXPECTED);
        self.each_table(&mut |table| marks.push(table.mark()));
        marks
    }

    /// Undoes every change since the marks.
    pub(crate) fn roll_back(&mut self, marks: &[usize]) {
        let mut marks = marks.iter();
        self.each_table(&mut |table| {
            if let Some(mark) = marks.next() {
                table.roll_back(*mark);
            }
        });
    }

    /// Forgets what was compiled for principals, where IAM, Organizations or the accounts changed.
    pub(crate) fn settle(&mut self) {
        let mut versions = 0;
        self.each_who(&mut |table| versions += table.version());
        if versions != self.settled {
            self.settled = versions;
            self.epoch += 1;
            self.cache.get_mut().clear();
        }
    }

    /// The rows that have changed since the last time.
    pub(crate) fn drain(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        self.each_table(&mut |table| table.drain(&mut rows));
        rows
    }
}

/// About how many tables there are; a size for buffers, nothing more.
const TABLES_EXPECTED: usize = 40;

impl std::fmt::Debug for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cloud").field("accounts", &self.accounts).finish_non_exhaustive()
    }
}
