package dev.parley.turn;

import dev.parley.deployment.ExecutableProcess;

/**
 * A process as it was deployed.
 *
 * @param definition its number in the store
 * @param version counts the deployments of its key from 1
 */
public record ProcessVersion(int definition, int version, ExecutableProcess process) {}
