//! What both operations of the simulator take and give.

use serde::Serialize;

use super::{ResultView, Scenario, Simulation, results};
use crate::fault::Fault;

/// An input with the members that both share, and its own.
macro_rules! simulates {
    (
        $(#[$about:meta])*
        pub struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $type:ty,)* }
    ) => {
        $(#[$about])*
        pub struct $name {
            $($(#[$of])* $seen $field: $type,)*
            /// The policies.
            #[serde(default)]
            pub policy_input_list: Vec<String>,
            /// Policies to take as the boundary, in place of that of the subject.
            #[serde(default)]
            pub permissions_boundary_policy_input_list: Vec<String>,
            /// The actions.
            #[serde(default)]
            pub action_names: Vec<String>,
            /// The resources; `*` where they are left out.
            #[serde(default)]
            pub resource_arns: Vec<String>,
            /// The policy of the resources.
            pub resource_policy: Option<String>,
            /// The ARN of the account that owns resources whose ARNs do not tell; that of the caller.
            pub resource_owner: Option<String>,
            /// The user who calls.
            pub caller_arn: Option<String>,
            /// Condition keys of the request.
            #[serde(default)]
            pub context_entries: Vec<$crate::services::iam::simulation::ContextEntry>,
            /// Where the page begins; the first page where it is left out.
            pub marker: Option<String>,
            /// How many items a page has at most.
            pub max_items: Option<u32>,
        }

        impl $name {
            fn scenario(self) -> $crate::services::iam::simulation::Scenario {
                $crate::services::iam::simulation::Scenario {
                    policies: self.policy_input_list,
                    boundary: self.permissions_boundary_policy_input_list,
                    actions: self.action_names,
                    resources: self.resource_arns,
                    resource_policy: self.resource_policy,
                    resource_owner: self.resource_owner,
                    caller_arn: self.caller_arn,
                    context: self.context_entries,
                    marker: self.marker,
                    max_items: self.max_items,
                }
            }
        }
    };
}

pub(in crate::services::iam) use simulates;

/// The output.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Output {
    evaluation_results: Vec<ResultView>,
    is_truncated: bool,
    marker: Option<String>,
}

impl Output {
    /// A page of results.
    ///
    /// # Errors
    /// When the page or a request cannot be made.
    pub(in crate::services::iam) fn of(
        simulation: &Simulation,
        scenario: &Scenario,
    ) -> Result<Self, Fault> {
        let page = results(simulation, scenario)?;
        Ok(Self {
            is_truncated: page.is_truncated(),
            evaluation_results: page.items,
            marker: page.marker,
        })
    }
}
