package dev.parley.bench;

/** A workload at a number of connections. */
record Cell(Workload workload, int connections) {}
