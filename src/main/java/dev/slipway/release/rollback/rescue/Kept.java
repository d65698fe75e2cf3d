package dev.slipway.release.rollback.rescue;

/// What a restore kept, and where.
///
/// @param backup name of the branch that keeps what was there before the restore
/// @param production name of the production branch
/// @param point what was restored, in words: up to there both are the same
public record Kept(String backup, String production, String point) {}
