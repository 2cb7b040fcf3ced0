//! Takes roles and policies out of CloudFormation templates: just enough to decide the calls of an
//! example estate. `Ref`, `Fn::Sub` and `Fn::GetAtt` are resolved; whatever else a policy uses is an
//! error.
//!
//! Source: CloudFormation User Guide, "Intrinsic function reference" and the return values of each
//! resource type.

use std::collections::BTreeMap;

use sekisho_iam::{AccountId, Document, Policy, PolicyKind};
use sekisho_tree::{Entry, Node, Style, Value, read_yaml};

/// The Region of the example estates.
const REGION: &str = "ap-northeast-1";

/// How resources of a type are called: the property that holds the name, the ARN, and whether `Ref` gives
/// the ARN (else the name).
const TYPES: [(&str, &str, &str, bool); 9] = [
    ("AWS::IAM::Role", "RoleName", "arn:aws:iam::{account}:role/{name}", false),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "arn:aws:iam::{account}:policy/{name}", true),
    ("AWS::S3::Bucket", "BucketName", "arn:aws:s3:::{name}", false),
    ("AWS::KMS::Key", "", "arn:aws:kms:{region}:{account}:key/{key}", false),
    (
        "AWS::CodeCommit::Repository",
        "RepositoryName",
        "arn:aws:codecommit:{region}:{account}:{name}",
        false,
    ),
    (
        "AWS::CodeBuild::Project",
        "Name",
        "arn:aws:codebuild:{region}:{account}:project/{name}",
        false,
    ),
    (
        "AWS::ECR::Repository",
        "RepositoryName",
        "arn:aws:ecr:{region}:{account}:repository/{name}",
        false,
    ),
    (
        "AWS::SecretsManager::Secret",
        "Name",
        "arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf",
        true,
    ),
    (
        "AWS::CodeDeploy::Application",
        "ApplicationName",
        "arn:aws:codedeploy:{region}:{account}:application:{name}",
        false,
    ),
];

/// The id that every key of an example estate has.
pub(crate) const KEY_ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// A template in its account.
pub(crate) struct Template {
    root: Node,
    account: AccountId,
    stack: String,
    parameters: BTreeMap<String, String>,
}

/// A role of a template with everything that is attached to it.
pub(crate) struct Role {
    /// Its policies.
    pub(crate) identity: Vec<Policy>,
    /// Its boundary.
    pub(crate) boundary: Option<Policy>,
}

impl Template {
    /// Reads a template that is deployed to `account` under the name `stack` with these parameters.
    pub(crate) fn read(text: &str, account: &str, stack: &str, given: &[(&str, &str)]) -> Self {
        let read = read_yaml(text).into_result();
        let root = read.unwrap_or_else(|problems| panic!("{stack}: {problems:?}"));
        let given = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut parameters = defaults(&root);
        parameters.extend(given);
        let account = AccountId::parse(account).unwrap();
        Self { root, account, stack: stack.to_owned(), parameters }
    }

    /// The role called `name` in this account.
    pub(crate) fn role(&self, name: &str) -> Option<Role> {
        let (id, role) = self.of_type("AWS::IAM::Role").find(|(id, _)| self.name(id) == name)?;
        let inline = property(role, "Policies").and_then(Node::as_list).unwrap_or_default();
        let inline = inline.iter().filter_map(|policy| policy.get("PolicyDocument"));
        let attached = self.of_type("AWS::IAM::Policy").filter(|(_, policy)| {
            let roles = property(policy, "Roles").and_then(Node::as_list).unwrap_or_default();
            roles.iter().any(|role| self.text(role) == self.name(id))
        });
        let attached = attached.filter_map(|(_, policy)| property(policy, "PolicyDocument"));
        let documents = inline.chain(attached);
        let boundary = property(role, "PermissionsBoundary").map(|arn| self.managed(arn));
        Some(Role {
            identity: documents.map(|one| self.policy(one, PolicyKind::RoleInline)).collect(),
            boundary,
        })
    }

    /// The policies of resources, by the ARN of what they are attached to.
    pub(crate) fn resource_policies(&self) -> Vec<(String, Policy)> {
        let attached = [
            ("AWS::IAM::Role", "AssumeRolePolicyDocument", PolicyKind::Trust),
            ("AWS::KMS::Key", "KeyPolicy", PolicyKind::Key),
            ("AWS::ECR::Repository", "RepositoryPolicyText", PolicyKind::Resource),
        ];
        let own = attached.into_iter().flat_map(|(of, named, kind)| {
            let owners = self.of_type(of);
            owners.filter_map(move |(id, owner)| {
                Some((self.arn(id), self.policy(property(owner, named)?, kind)))
            })
        });
        let buckets = self.of_type("AWS::S3::BucketPolicy").map(|(_, one)| {
            let bucket = self.text(property(one, "Bucket").unwrap());
            let document = property(one, "PolicyDocument").unwrap();
            (format!("arn:aws:s3:::{bucket}"), self.policy(document, PolicyKind::Bucket))
        });
        own.chain(buckets).collect()
    }

    /// The managed policy of this template with that ARN.
    fn managed(&self, arn: &Node) -> Policy {
        let arn = self.text(arn);
        let mut policies = self.of_type("AWS::IAM::ManagedPolicy");
        let (_, policy) = policies.find(|(id, _)| self.arn(id) == arn).unwrap();
        self.policy(property(policy, "PolicyDocument").unwrap(), PolicyKind::Managed)
    }

    fn policy(&self, document: &Node, kind: PolicyKind) -> Policy {
        let read = Document::read(&self.resolve(document), kind);
        assert!(read.document.is_some(), "{}: {:?}", self.stack, read.diagnostics);
        Policy { name: self.stack.clone(), document: read.document }
    }

    fn resources(&self) -> &[Entry] {
        self.root.get("Resources").and_then(Node::as_map).unwrap_or_default()
    }

    fn of_type(&self, wanted: &'static str) -> impl Iterator<Item = (&str, &Node)> {
        let resources = self.resources().iter();
        let wanted = resources.filter(move |one| type_of(&one.value) == wanted);
        wanted.map(|one| (&*one.key.text, &one.value))
    }

    fn resource(&self, id: &str) -> &Node {
        let found = self.resources().iter().find(|one| &*one.key.text == id);
        &found.unwrap_or_else(|| panic!("{}: no resource `{id}`", self.stack)).value
    }

    /// The name of a resource: as the template says, else its logical id.
    fn name(&self, id: &str) -> String {
        let (_, named, ..) = self.known(id);
        property(self.resource(id), named).map_or_else(|| id.to_owned(), |name| self.text(name))
    }

    fn arn(&self, id: &str) -> String {
        let (.., arn, _) = self.known(id);
        let account = self.account.to_string();
        let arn = arn.replace("{account}", &account).replace("{region}", REGION);
        arn.replace("{key}", KEY_ID).replace("{name}", &self.name(id))
    }

    fn known(&self, id: &str) -> (&str, &str, &str, bool) {
        let of = type_of(self.resource(id));
        *TYPES.iter().find(|(known, ..)| *known == of).unwrap_or_else(|| panic!("no type `{of}`"))
    }

    /// The same tree with every intrinsic function resolved.
    fn resolve(&self, node: &Node) -> Node {
        if node.tag.is_some() {
            return Node::new(node.span, Value::Scalar(self.text(node).into(), Style::Quoted));
        }
        let value = match &node.value {
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.resolve(item)).collect())
            }
            Value::Map(entries) => {
                Value::Map(entries.iter().map(|entry| self.entry(entry)).collect())
            }
            scalar => scalar.clone(),
        };
        Node::new(node.span, value)
    }

    fn entry(&self, entry: &Entry) -> Entry {
        Entry { key: entry.key.clone(), value: self.resolve(&entry.value) }
    }

    /// The text of a scalar, resolved.
    fn text(&self, node: &Node) -> String {
        let text = node.as_text().unwrap_or_else(|| panic!("{}: no text: {node:?}", self.stack));
        match node.tag.as_deref() {
            None => text.to_owned(),
            Some("Ref") => self.reference(text),
            Some("GetAtt") => self.attribute(text),
            Some("Sub") => self.substitute(text),
            Some(other) => panic!("{}: `!{other}` is not resolved here", self.stack),
        }
    }

    fn reference(&self, name: &str) -> String {
        match name {
            "AWS::AccountId" => return self.account.to_string(),
            "AWS::Region" => return REGION.to_owned(),
            "AWS::Partition" => return "aws".to_owned(),
            "AWS::StackName" => return self.stack.clone(),
            _ => {}
        }
        let parameter = self.parameters.get(name).cloned();
        parameter
            .unwrap_or_else(|| if self.known(name).3 { self.arn(name) } else { self.name(name) })
    }

    fn attribute(&self, text: &str) -> String {
        match text.split_once('.') {
            Some((id, "Arn")) => self.arn(id),
            _ => panic!("{}: `{text}` is not resolved here", self.stack),
        }
    }

    /// `${Name}` is a reference, `${Name.Arn}` an attribute.
    fn substitute(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once("${") else { return text.to_owned() };
        let (name, after) = rest.split_once('}').unwrap();
        let attribute = name.contains('.');
        let value = if attribute { self.attribute(name) } else { self.reference(name) };
        format!("{before}{value}{}", self.substitute(after))
    }
}

/// The defaults of the template's parameters.
fn defaults(root: &Node) -> BTreeMap<String, String> {
    let parameters = root.get("Parameters").and_then(Node::as_map).unwrap_or_default();
    let default = |one: &Entry| {
        let default = one.value.get("Default").and_then(Node::as_text)?;
        Some((one.key.text.to_string(), default.to_owned()))
    };
    parameters.iter().filter_map(default).collect()
}

fn type_of(resource: &Node) -> &str {
    resource.get("Type").and_then(Node::as_text).unwrap_or_default()
}

fn property<'a>(resource: &'a Node, name: &str) -> Option<&'a Node> {
    resource.get("Properties")?.get(name)
}
