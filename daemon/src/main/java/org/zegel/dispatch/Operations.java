package org.zegel.dispatch;

import org.zegel.operation.audit.AuditTrail;
import org.zegel.operation.certificate.Authorities;
import org.zegel.operation.certificate.Certificates;
import org.zegel.operation.client.Clients;
import org.zegel.operation.cms.DecryptCms;
import org.zegel.operation.cms.EncryptCms;
import org.zegel.operation.cms.SignCms;
import org.zegel.operation.cms.VerifyCms;
import org.zegel.operation.encrypt.EncryptMessage;
import org.zegel.operation.identity.Identities;
import org.zegel.operation.inspect.InspectMessage;
import org.zegel.operation.open.OpenMessage;
import org.zegel.operation.recipient.ResolveRecipients;
import org.zegel.operation.sign.SignMessage;
import org.zegel.operation.store.KeyStores;

/** All use cases, made when first needed: a greeting must not wait for cryptography to load. */
public interface Operations {
    SignMessage sign();

    EncryptMessage encrypt();

    OpenMessage open();

    InspectMessage inspect();

    SignCms signCms();

    VerifyCms verifyCms();

    EncryptCms encryptCms();

    DecryptCms decryptCms();

    Certificates certificates();

    Authorities authorities();

    ResolveRecipients recipients();

    Identities identities();

    KeyStores stores();

    Clients clients();

    AuditTrail audit();
}
