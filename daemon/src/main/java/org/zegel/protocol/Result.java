package org.zegel.protocol;

/** Everything Zegel answers with, version 1. */
public sealed interface Result permits SessionResult, StoreResult, CertificateResult, MessageResult, ContentResult {}
