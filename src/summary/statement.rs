//! A statement of a query: planned once, run over many parts of the dataset.
//!
//! Owns the optimised plan, in which each scan of a table is a place to put rows. Making a plan of SQL takes polars longer
//! than running it over a province. Refuses to know what is asked.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use polars::prelude::{AnonymousScan, DataFrame, LazyFrame, PolarsError, PolarsResult};
use polars_expr::state::ExecutionState;
use polars_mem_engine::create_physical_plan;
use polars_plan::dsl::FileScanIR;
use polars_plan::plans::{AExpr, IR};
use polars_utils::arena::{Arena, Node};

use super::scan::Place;
use super::scope::Scope;
use super::tables::{Columns, Tables};

/// A prepared statement.
pub(super) struct Statement {
    root: Node,
    nodes: Arena<IR>,
    expressions: Arena<AExpr>,
}

impl Statement {
    /// Plans a statement over tables of [`super::scan::table`].
    ///
    /// # Errors
    /// What polars has against it: a misspelt column, say.
    pub(super) fn prepare(frame: LazyFrame) -> Result<Self> {
        let plan = frame.to_alp_optimized().map_err(|error| first_line(&error))?;
        Ok(Self { root: plan.lp_top, nodes: plan.lp_arena, expressions: plan.expr_arena })
    }

    /// Adds the columns that it reads.
    pub(super) fn reads(&self, columns: &mut Columns) {
        for at in 0..self.nodes.len() {
            let IR::Scan { scan_type, unified_scan_args, .. } = self.nodes.get(Node(at)) else { continue };
            let FileScanIR::Anonymous { function, .. } = scan_type.as_ref() else { continue };
            let Some(place) = function.as_any().downcast_ref::<Place>() else { continue };
            let of_table = columns.entry(place.table.to_owned()).or_default();
            match &unified_scan_args.projection {
                Some(some) => of_table.extend(some.iter().map(ToString::to_string)),
                None => of_table.extend(place.columns().map(ToString::to_string)),
            }
        }
    }

    /// Runs it over what some scopes hold of the tables.
    ///
    /// # Errors
    /// What polars has against it.
    pub(super) fn run(&self, tables: &Arc<Tables>, scopes: &[Scope]) -> Result<DataFrame> {
        self.collect(tables, scopes).map_err(|error| first_line(&error))
    }

    fn collect(&self, tables: &Arc<Tables>, scopes: &[Scope]) -> PolarsResult<DataFrame> {
        let (mut nodes, mut expressions) = (self.nodes.clone(), self.expressions.clone());
        let scopes: Arc<[Scope]> = scopes.into();
        for at in 0..nodes.len() {
            let IR::Scan { scan_type, .. } = nodes.get_mut(Node(at)) else { continue };
            if let FileScanIR::Anonymous { function, .. } = scan_type.as_mut()
                && let Some(place) = function.as_any().downcast_ref::<Place>()
            {
                let filled: Arc<dyn AnonymousScan> = Arc::new(place.over(tables, &scopes));
                *function = filled;
            }
        }
        create_physical_plan(self.root, &mut nodes, &mut expressions, None)?.execute(&mut ExecutionState::new())
    }
}

/// polars repeats the whole plan; its first line says what is wrong.
pub(super) fn first_line(error: &PolarsError) -> anyhow::Error {
    anyhow!("{}", error.to_string().lines().next().unwrap_or("the query failed"))
}
