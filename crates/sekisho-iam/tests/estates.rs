//! The example estates, call by call: every expectation of `decisions-*.txt` follows from the templates
//! beside it.
//!
//! The estates stand in `shared/estates`, in the repository or in a folder above it. Where they are
//! absent the tests say so and pass.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a failing case names its place")]

mod support {
    #[expect(dead_code, reason = "the truth tables use the rest")]
    pub(crate) mod cast;
    #[expect(dead_code, reason = "the truth tables use the rest")]
    pub(crate) mod shorthand;
    pub(crate) mod templates;
}

use std::path::{Path, PathBuf};

use sekisho_iam::caller::RoleSession;
use sekisho_iam::{AccountId, Caller, Context, Decision, LayerKind, Policies, Policy};
use sekisho_iam::{Request, Resource, decide};
use support::shorthand::{self, Names};
use support::templates::{KEY_ID, Template};

const TOOLING: &str = "111111111111";
const STAGING: &str = "222222222222";

/// Where the estates are, if they are anywhere above this crate.
fn estates() -> Option<PathBuf> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = crate_folder.ancestors().map(|folder| folder.join("shared/estates"));
    let found = found.into_iter().find(|folder| folder.is_dir());
    if found.is_none() {
        say_skipped();
    }
    found
}

#[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
fn say_skipped() {
    eprintln!("skipped: the example estates are not here (shared/estates)");
}

#[expect(clippy::disallowed_methods, reason = "the estates stand in files")]
fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// The templates of an estate, deployed.
struct Estate(Vec<(AccountId, Template)>);

impl Estate {
    fn new(templates: impl IntoIterator<Item = (&'static str, Template)>) -> Self {
        let templates = templates.into_iter();
        Self(templates.map(|(of, one)| (AccountId::parse(of).unwrap(), one)).collect())
    }

    /// The estate that works; `base` is its first template, or one in its place.
    fn fixed(folder: &Path, base: &str) -> Self {
        let accounts = [("StagingAccountId", STAGING), ("ProductionAccountId", "333333333333")];
        let key = key_arn();
        let target = [
            ("ToolingAccountId", TOOLING),
            ("ArtifactBucketName", "my-service-artifacts-111111111111-ap-northeast-1"),
            ("KeyArn", &key),
        ];
        let base = Template::read(&read(folder, base), TOOLING, "base", &accounts);
        let staging = read(folder, "fixed/2-target.yaml");
        let staging = Template::read(&staging, STAGING, "target", &target);
        Self::new([(TOOLING, base), (STAGING, staging)])
    }

    /// The estate as the article has it.
    fn literal(folder: &Path) -> Self {
        let tooling = read(folder, "literal/tooling.numbered.yaml");
        let target = read(folder, "literal/target.numbered.yaml");
        let secret = [("ExternalId", EXTERNAL_ID)];
        let target = Template::read(&target, STAGING, "target", &secret);
        Self::new([(TOOLING, Template::read(&tooling, TOOLING, "tooling", &[])), (STAGING, target)])
    }

    /// What a role of this estate may do, by itself: its policies and boundary, under the organization's
    /// `FullAWSAccess`.
    fn policies_of(&self, account: &str, role: &str) -> Option<Policies> {
        let account = AccountId::parse(account).unwrap();
        let mut here = self.0.iter().filter(|(of, _)| *of == account);
        let role = here.find_map(|(_, template)| template.role(role))?;
        let scps = vec![vec![shorthand_policy("allow")]];
        let (identity, boundary) = (role.identity, role.boundary);
        Some(Policies { identity, boundary, scps, ..Policies::default() })
    }

    /// The policy of a resource; an object has its bucket's.
    fn policy_on(&self, arn: &str) -> Option<Policy> {
        let owner = arn.split('/').next().filter(|_| arn.starts_with("arn:aws:s3:"));
        let owner = owner.unwrap_or(arn);
        let mut all = self.0.iter().flat_map(|(_, template)| template.resource_policies());
        all.find(|(of, _)| of == owner).map(|(_, policy)| policy)
    }
}

const EXTERNAL_ID: &str = "x-17";

/// What the execution role has from `AmazonECSTaskExecutionRolePolicy`.
const EXECUTION: &str = "allow ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, \
    ecr:GetDownloadUrlForLayer, ecr:BatchGetImage, logs:CreateLogStream, logs:PutLogEvents";

fn key_arn() -> String {
    format!("arn:aws:kms:ap-northeast-1:{TOOLING}:key/{KEY_ID}")
}

fn shorthand_policy(statement: &str) -> Policy {
    shorthand::policies(statement, Names::Nobody).unwrap().pop().unwrap()
}

/// One call: a role on a resource, with what bears on it.
struct Call {
    request: Request,
    policies: Policies,
}

impl Call {
    fn new(estate: &Estate, role: (&str, &str), ask: (&str, &str), context: Context) -> Self {
        let ((account, name), (action, arn)) = (role, ask);
        let mut policies = estate.policies_of(account, name).unwrap_or_else(|| Policies {
            scps: vec![vec![shorthand_policy("allow")]],
            ..Policies::default()
        });
        match name {
            "my-service-execution" => policies.identity.push(shorthand_policy(EXECUTION)),
            "AdminInStaging" => policies.identity.push(shorthand_policy("allow")),
            "codepipeline-evil" => policies.identity.push(shorthand_policy("allow sts:AssumeRole")),
            _ => {}
        }
        // A trust policy is about assuming the role, not about what else is done to it.
        let trusts = arn.starts_with("arn:aws:iam:") && !action.starts_with("sts:");
        policies.resource = estate.policy_on(arn).filter(|_| !trusts);
        let id = AccountId::parse(account).unwrap();
        let arn_of_role = format!("arn:aws:iam::{account}:role/{name}");
        let session = RoleSession {
            session_name: Some("call".to_owned()),
            ..RoleSession::of_role(id, &arn_of_role)
        };
        let mut resource = Resource::new(arn);
        if arn.starts_with("arn:aws:s3:") {
            resource = resource.owned_by(AccountId::parse(TOOLING).unwrap());
        }
        let request = Request::new(Caller::Role(session), action, resource, context).unwrap();
        Self { request, policies }
    }

    /// Both engines' answer.
    fn decide(&self, policies: &Policies) -> Decision {
        let decision = decide(&self.request, &policies.compile().layers());
        assert_eq!(decision, sekisho_spec::decide(&self.request, policies));
        decision
    }

    fn outcome(&self) -> String {
        format!("{:?}", self.decide(&self.policies).outcome)
    }

    /// What each side says by itself: `same-acct id=Allowed res=NotApplicable bnd=…`.
    fn sides(&self) -> String {
        let crossing = if self.request.crosses_accounts() { "cross-acct" } else { "same-acct" };
        let mut sides = format!("{crossing} id={} res={} ", self.identity(), self.resource());
        if let Some(boundary) = self.boundary() {
            sides += &format!("bnd={boundary}");
        }
        sides
    }

    /// Whether the identity policies allow: alone, where the resource leaves it to them.
    fn identity(&self) -> String {
        let identity = self.policies.identity.clone();
        let delegated = Policies { identity, resource: self.delegation(), ..Policies::default() };
        format!("{:?}", self.decide(&delegated).outcome)
    }

    /// Whether the boundary allows: where nothing else is in the way.
    fn boundary(&self) -> Option<String> {
        let boundary = Some(self.policies.boundary.clone()?);
        let identity = vec![shorthand_policy("allow")];
        let resource = self.delegation();
        let bounded = Policies { identity, boundary, resource, ..Policies::default() };
        Some(format!("{:?}", self.decide(&bounded).outcome))
    }

    /// A resource policy that leaves everything to the caller's account.
    fn delegation(&self) -> Option<Policy> {
        let account = self.request.caller().account().unwrap();
        let statement = format!("allow to account {account}");
        shorthand::at_most_one(&statement, Names::Somebody).unwrap()
    }

    /// What the resource's own policy says.
    fn resource(&self) -> String {
        let Some(resource) = self.policies.resource.clone() else { return "NotApplicable".into() };
        let with = |identity| {
            let resource = Some(resource.clone());
            self.decide(&Policies { identity, resource, ..Policies::default() })
        };
        let (alone, helped) = (with(Vec::new()), with(vec![shorthand_policy("allow")]));
        let names_caller = alone.is_allowed() || alone.layers.contains(LayerKind::Identity);
        let said = match self.request.crosses_accounts() {
            false if alone.is_allowed() => "Allowed",
            true if helped.is_allowed() && names_caller => "Allowed",
            true if helped.is_allowed() => "AllowedForAccount",
            _ => "ImplicitlyDenied",
        };
        said.to_owned()
    }
}

/// The request context that a call of the estates carries.
fn context(action: &str, note: &str) -> Context {
    let mut context = Context::new();
    context.set("aws:SecureTransport", (note != "plain http").to_string());
    let via_s3 = action.starts_with("kms:") && note != "direct, not via S3";
    let entries = [
        (via_s3, "kms:ViaService", "s3.ap-northeast-1.amazonaws.com"),
        (action == "iam:PassRole", "iam:PassedToService", "ecs-tasks.amazonaws.com"),
        (action == "ecs:TagResource", "ecs:CreateAction", "RegisterTaskDefinition"),
        (
            action == "secretsmanager:GetSecretValue" && !note.contains("VersionStage"),
            "secretsmanager:VersionStage",
            "AWSCURRENT",
        ),
        (note.contains("added, ExternalId sent"), "sts:ExternalId", EXTERNAL_ID),
        (note.starts_with("attack:"), "sts:ExternalId", EXTERNAL_ID),
    ];
    for (_, key, value) in entries.into_iter().filter(|(present, ..)| *present) {
        context.set(key, value);
    }
    context
}

/// The headers of an upload: our key, where the list says nothing else.
fn encryption(context: &mut Context, action: &str, note: &str) {
    let foreign = "arn:aws:kms:ap-northeast-1:444444444444:key/foreign";
    let (algorithm, key) = match note {
        _ if action != "s3:PutObject" => return,
        "" | "our key" => ("aws:kms", Some(key_arn())),
        "a foreign key" => ("aws:kms", Some(foreign.to_owned())),
        "SSE-S3" => ("AES256", None),
        _ => return,
    };
    context.set("s3:x-amz-server-side-encryption", algorithm);
    if let Some(key) = key {
        context.set("s3:x-amz-server-side-encryption-aws-kms-key-id", key);
    }
}

/// The full ARN of a resource that the list of the working estate names in short.
fn full_arn(action: &str, short: &str) -> String {
    let service = action.split(':').next().unwrap();
    let account = match service {
        "ecs" | "cloudformation" | "sts" | "iam" => STAGING,
        _ => TOOLING,
    };
    match service {
        "s3" => format!("arn:aws:s3:::{short}"),
        "iam" | "sts" => format!("arn:aws:iam::{account}:{short}"),
        _ => format!("arn:aws:{service}:ap-northeast-1:{account}:{short}"),
    }
}

/// The rows of the working estate's list, decided: `OUTCOME | role | action | resource | note`.
fn decide_fixed(folder: &Path, estate: &Estate) -> Vec<(String, String)> {
    let list = read(folder, "decisions-fixed.txt");
    let rows = list.lines().filter_map(|line| line.strip_prefix("ok  "));
    rows.map(|row| (row.to_owned(), decide_fixed_row(estate, row))).collect()
}

fn decide_fixed_row(estate: &Estate, row: &str) -> String {
    let cells: Vec<_> = row.split(" | ").map(str::trim).collect();
    let [_, who, action, resource, note] = cells[..] else { panic!("`{row}`") };
    let in_staging =
        ["codepipeline-cross-account-deploy", "my-service-execution", "AdminInStaging"];
    let account = if in_staging.contains(&who) { STAGING } else { TOOLING };
    let mut context = context(action, note);
    encryption(&mut context, action, note);
    let arn = full_arn(action, resource);
    let mut call = Call::new(estate, (account, who), (action, &arn), context);
    if note.contains("by mistake") {
        call.policies.identity.push(shorthand_policy("allow"));
    }
    call.outcome()
}

#[test]
fn the_estate_that_works_is_decided_as_expected() {
    let Some(folder) = estates() else { return };
    let estate = Estate::fixed(&folder, "fixed/1-tooling-base.yaml");
    let rows = decide_fixed(&folder, &estate);
    assert_eq!(rows.len(), 35);
    for (row, outcome) in rows {
        assert!(row.starts_with(&format!("{outcome} ")), "{outcome} instead of {row}");
    }
}

#[test]
fn the_trap_denies_uploads_that_rely_on_the_default_encryption_of_the_bucket() {
    let Some(folder) = estates() else { return };
    let estate = Estate::fixed(&folder, "trap.yaml");
    let rows = decide_fixed(&folder, &estate);
    let changed = rows.iter().filter(|(row, outcome)| !row.starts_with(&format!("{outcome} ")));
    let changed: Vec<_> = changed.collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].0.contains("no SSE header"), "{changed:?}");
    assert_eq!(changed[0].1, "ExplicitlyDenied");
}

/// The role behind a name of the literal estate's list.
fn literal_role(who: &str) -> (&str, &str) {
    match who {
        "svc" | "svc+grant" => (TOOLING, "codepipeline-service-role"),
        "cb (no boundary)" | "cb (with boundary)" => (TOOLING, "codebuild-service-role"),
        "tgt" => (STAGING, "codepipeline-cross-account-deploy"),
        "exec role (staging)" => (STAGING, "my-service-execution"),
        evil => (TOOLING, evil),
    }
}

/// A row of the literal estate's list: `situation | who | action | resource | outcome | sides`.
fn decide_literal_row(estate: &Estate, row: &str) -> String {
    let cells: Vec<_> = row.split(" | ").collect();
    let [note, who, action, resource, ..] = cells[..] else { panic!("`{row}`") };
    let arn = resource.replace("<key>", KEY_ID);
    let role = literal_role(who);
    let mut call = Call::new(estate, role, (action, &arn), context(action, note));
    match who {
        "svc+grant" => call.policies.identity.push(shorthand_policy("allow sts:AssumeRole")),
        "cb (no boundary)" => call.policies.boundary = None,
        _ => {}
    }
    let (outcome, sides) = (call.outcome(), call.sides());
    format!("{note} | {who} | {action} | {resource} | {outcome} | {sides}")
}

#[test]
fn the_literal_estate_is_decided_as_expected() {
    let Some(folder) = estates() else { return };
    let estate = Estate::literal(&folder);
    let list = read(&folder, "decisions-literal.txt");
    let decided: Vec<_> = list.lines().map(|row| decide_literal_row(&estate, row)).collect();
    assert_eq!(decided.len(), 52);
    let expected: Vec<_> = list.lines().collect();
    for (got, wanted) in decided.iter().zip(expected) {
        assert_eq!(got, wanted);
    }
}
