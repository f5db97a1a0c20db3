package org.zegel.store;

import java.security.cert.X509Certificate;
import java.util.List;
import org.zegel.model.Failure;

/** Capability: certificates without private keys. */
public interface CertificateSource {
    List<X509Certificate> all() throws Failure;
}
