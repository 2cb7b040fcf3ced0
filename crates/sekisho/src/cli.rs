//! The command line. What stands here is what `--help` says.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sekisho::serve::start::NamedAccount;
use sekisho_iam::PolicyKind;

use crate::clock;
use crate::exit::Exit;

/// A checkpoint for delivery pipelines on AWS: who may do what, and why.
#[derive(Debug, Parser)]
#[command(name = "sekisho", version, after_help = after_help())]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

fn after_help() -> String {
    format!(
        "Examples:
  sekisho serve                           AWS accounts on this machine, with IAM enforced
  sekisho explain request.yaml            why is this request allowed or denied?
  sekisho policy validate policy.json     is this policy what its author meant?

{}",
        Exit::help()
    )
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Decide one request as AWS would, and say why
    #[command(
        long_about = "Decide one request as AWS would, and say why.\n\n\
            FILE holds a request and the policies that bear on it. The answer names the verdict, \
            what each layer of policy said, AWS's own message, and for a denial the smallest \
            change that would allow the request.",
        after_help = format!("{EXPLAIN_HELP}\n\n{}", Exit::help())
    )]
    Explain(Explain),
    /// Work with policy documents
    #[command(subcommand)]
    Policy(Policy),
    /// Run AWS accounts on this machine: the aws CLI and the SDKs are the clients
    #[command(
        long_about = "Run AWS accounts on this machine, behind one gate.\n\n\
            Every call is authenticated (Signature Version 4), asked of IAM, done and recorded, as on \
            AWS; neither signatures nor IAM can be switched off. The first start founds the accounts, \
            each with the IAM user `admin`, and writes an AWS config and credentials file with a profile \
            for each. docs/services.md lists what is served.",
        after_help = format!("{SERVE_HELP}\n\n{}", Exit::help())
    )]
    Serve(Serve),
    /// Print what to export so that the aws CLI and the SDKs call the server
    #[command(after_help = format!("{ENV_HELP}\n\n{}", Exit::help()))]
    Env(Env),
    /// Tell the server's time, or move its clock forward (rotation, expiry, deletion)
    #[command(after_help = format!("{CLOCK_HELP}\n\n{}", Exit::help()))]
    Clock(Clock),
    /// Work with the journal: what was called, asked, answered and changed
    #[command(subcommand)]
    Journal(Journal),
}

const SERVE_HELP: &str = "\
Examples:
  sekisho serve
  sekisho serve --data /srv/sekisho --port 8000 --verbose
  sekisho serve --tls                     https, as policies on aws:SecureTransport want it
  sekisho serve --account build=123456789012 --account live=210987654321

Then, in another terminal:
  eval \"$(sekisho env)\"
  aws sts get-caller-identity --profile tools";

const ENV_HELP: &str = "\
Examples:
  eval \"$(sekisho env)\"
  eval \"$(sekisho env --profile staging)\"";

const CLOCK_HELP: &str = "\
Examples:
  sekisho clock                what time is it in there?
  sekisho clock 90d            ninety days later
  sekisho clock 1h30m";

/// Where a server keeps everything.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// The folder in which the server keeps everything
    #[arg(long, value_name = "DIR", default_value = ".sekisho")]
    pub(crate) data: PathBuf,
}

/// `sekisho serve`
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The port to listen on; 0 takes any that is free
    #[arg(long, default_value_t = 4750)]
    pub(crate) port: u16,
    /// The address to listen on; everybody who reaches it can try their keys
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,
    /// The region of the profiles
    #[arg(long, default_value = "us-east-1")]
    pub(crate) region: String,
    /// An account to found if it is not there yet; without any, the first start founds
    /// tools=111111111111, staging=222222222222 and production=333333333333
    #[arg(long = "account", value_name = "NAME=NUMBER")]
    pub(crate) accounts: Vec<NamedAccount>,
    /// Encrypt connections, all of them: an authority in the data folder vouches for the server, and
    /// the profiles trust it
    #[arg(long)]
    pub(crate) tls: bool,
    /// Tell each call on standard error
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// `sekisho env`
#[derive(Debug, Args)]
pub(crate) struct Env {
    #[command(flatten)]
    pub(crate) data: Data,
    /// The account's name; without it, the first one
    #[arg(long)]
    pub(crate) profile: Option<String>,
}

/// `sekisho clock`
#[derive(Debug, Args)]
pub(crate) struct Clock {
    /// How far to move the clock forward: 90d, 12h, 1h30m, 45s; it never goes back
    #[arg(value_name = "FORWARD", value_parser = clock::forward)]
    pub(crate) forward: Option<u64>,
    #[command(flatten)]
    pub(crate) data: Data,
}

/// `sekisho journal …`
#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    /// Check that no record is missing or altered, and that the state is what the records say
    Verify(Data),
}

const EXPLAIN_HELP: &str = "\
Example of a FILE:
  request:
    caller: arn:aws:iam::111111111111:role/build
    action: s3:GetObject
    resource: {arn: 'arn:aws:s3:::artifacts/app.zip', account: '111111111111'}
    context: {aws:SecureTransport: true}
  policies:
    identity:
      - name: BuildPolicy
        document:
          Version: '2012-10-17'
          Statement: [{Effect: Allow, Action: 's3:Get*', Resource: 'arn:aws:s3:::artifacts/*'}]
      - ./more-of-build.json
    boundary: ./boundary.json

Every key is described in docs/explain.md; examples/requests/ holds cases to start from.

Examples:
  sekisho explain request.yaml
  sekisho explain --format json request.yaml | jq .decision
  generate-request | sekisho explain -";

/// `sekisho explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A request with its policies, in YAML or JSON; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

const VALIDATE_HELP: &str = "\
Examples:
  sekisho policy validate build-policy.json key-policy.yaml
  sekisho policy validate --kind trust role-trust.json
  aws iam get-role --role-name build --query Role.AssumeRolePolicyDocument |
    sekisho policy validate --kind trust -

The rules are listed in docs/validation-rules.md.";

/// `sekisho policy …`
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Say what AWS would refuse in a policy, and what would not do what was meant
    #[command(after_help = format!("{VALIDATE_HELP}\n\n{}", Exit::help()))]
    Validate(Validate),
}

/// `sekisho policy validate`
#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Policies in JSON or YAML; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// What the policies are attached to; without it each is judged by its statements, and the
    /// guess is said
    #[arg(long, value_enum)]
    pub(crate) kind: Option<Kind>,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// For whom the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, in colour on a terminal
    Human,
    /// For programs: stable, described in docs/explain.md
    Json,
}

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// a managed policy of users, groups and roles
    Identity,
    /// embedded in a role
    RoleInline,
    /// embedded in a user
    UserInline,
    /// embedded in a group
    GroupInline,
    /// a permissions boundary
    Boundary,
    /// passed when a session is made
    Session,
    /// a service control policy
    Scp,
    /// a resource control policy
    Rcp,
    /// of a VPC endpoint
    Endpoint,
    /// the trust policy of a role
    Trust,
    /// of an S3 bucket
    Bucket,
    /// of a KMS key
    Key,
    /// of any other resource
    Resource,
}

impl From<Kind> for PolicyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Identity | Kind::Boundary => Self::Managed,
            Kind::RoleInline => Self::RoleInline,
            Kind::UserInline => Self::UserInline,
            Kind::GroupInline => Self::GroupInline,
            Kind::Session => Self::Session,
            Kind::Scp => Self::Scp,
            Kind::Rcp => Self::Rcp,
            Kind::Endpoint => Self::Endpoint,
            Kind::Trust => Self::Trust,
            Kind::Bucket => Self::Bucket,
            Kind::Key => Self::Key,
            Kind::Resource => Self::Resource,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
