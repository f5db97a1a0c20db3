package org.zegel.protocol;

/** Everything a client can ask, version 1. Each record carries a {@link Method}. */
public sealed interface Request
        permits SessionRequest, StoreRequest, CertificateRequest, MessageRequest, CmsRequest, ContentRequest {}
