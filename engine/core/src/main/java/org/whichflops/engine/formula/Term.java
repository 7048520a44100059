package org.whichflops.engine.formula;

/** One labelled part of a formula. */
public record Term(Label label, Expr expr) {}
