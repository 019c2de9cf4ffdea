//! A statement of a query: planned once, run over many parts of the dataset.
//!
//! Owns the optimised plan, in which each scan of a table is a place to put files. Making a plan of SQL takes polars longer
//! than running it over one province and year, and there are thousands of those. Refuses to know what is asked.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use polars::prelude::{AnonymousScan, DataFrame, LazyFrame, PolarsError, PolarsResult};
use polars_expr::state::ExecutionState;
use polars_mem_engine::create_physical_plan;
use polars_plan::dsl::FileScanIR;
use polars_plan::plans::{AExpr, IR};
use polars_utils::arena::{Arena, Node};

use super::scan::{ColumnCache, Files};
use nianbao_dataset::ManifestFile;

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

    /// Runs it over files of a release; every scan reads those of its table, as far as they are not kept.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn run(&self, release: &Path, files: &[ManifestFile], cache: &Arc<ColumnCache>) -> Result<DataFrame> {
        self.collect(release, files, cache).map_err(|error| first_line(&error))
    }

    fn collect(&self, release: &Path, files: &[ManifestFile], cache: &Arc<ColumnCache>) -> PolarsResult<DataFrame> {
        let (mut nodes, mut expressions) = (self.nodes.clone(), self.expressions.clone());
        for at in 0..nodes.len() {
            let IR::Scan { scan_type, .. } = nodes.get_mut(Node(at)) else { continue };
            if let FileScanIR::Anonymous { function, .. } = scan_type.as_mut()
                && let Some(planned) = function.as_any().downcast_ref::<Files>()
            {
                let filled: Arc<dyn AnonymousScan> = Arc::new(planned.of(release, files, cache));
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
