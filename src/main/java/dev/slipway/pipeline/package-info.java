/// What GitHub's workflows of a repository do by themselves when production's branch moves. There
/// must be one deployer, so whatever deploys or migrates is found, and what cannot be read is said.
@NullMarked
package dev.slipway.pipeline;

import org.jspecify.annotations.NullMarked;
