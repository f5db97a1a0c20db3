package org.zegel.dispatch;

import org.zegel.model.Failure;
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
import org.zegel.operation.recipient.DescribeRecipients;
import org.zegel.operation.recipient.RecipientChoices;
import org.zegel.operation.sign.SignMessage;
import org.zegel.operation.store.KeyStores;
import org.zegel.operation.store.Modules;

/** All use cases, made when first needed: a greeting must not wait for cryptography to load. */
public interface Operations {
    SignMessage sign() throws Failure;

    EncryptMessage encrypt() throws Failure;

    OpenMessage open() throws Failure;

    InspectMessage inspect() throws Failure;

    SignCms signCms() throws Failure;

    VerifyCms verifyCms() throws Failure;

    EncryptCms encryptCms() throws Failure;

    DecryptCms decryptCms() throws Failure;

    Certificates certificates() throws Failure;

    Authorities authorities() throws Failure;

    DescribeRecipients recipients() throws Failure;

    RecipientChoices recipientChoices() throws Failure;

    Identities identities() throws Failure;

    Modules modules() throws Failure;

    KeyStores stores() throws Failure;

    Clients clients() throws Failure;

    AuditTrail audit() throws Failure;
}
