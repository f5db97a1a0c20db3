package org.zegel.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zegel.model.Scope;

/** CMS over bytes, for clients that build their own MIME. Never a raw hash. */
public sealed interface CmsRequest extends Request {
    /** {@code mode}: {@code detached} (default) or {@code opaque}. The rest as in {@code message.sign}. */
    @Method(
            value = "cms.sign",
            scopes = {Scope.SIGN, Scope.RAW_CMS},
            result = MessageResult.Cms.class,
            summary = "SignedData over the given bytes")
    record Sign(
            ContentRef content,
            String identity,
            @Nullable String mode,
            @Nullable String digest,
            @Nullable String scheme,
            @Nullable Boolean progress)
            implements CmsRequest {}

    /** {@code content}: the detached content, absent when it is inside. {@code from}: the address to match. */
    @Method(
            value = "cms.verify",
            scopes = {Scope.VERIFY, Scope.RAW_CMS},
            result = MessageResult.Opened.class,
            summary = "Verifies SignedData")
    record Verify(
            ContentRef cms,
            @Nullable ContentRef content,
            @Nullable String from,
            @Nullable Boolean offline) implements CmsRequest {}

    /** {@code to} addresses, or {@code recipients} certificates. */
    @Method(
            value = "cms.encrypt",
            scopes = {Scope.ENCRYPT, Scope.RAW_CMS},
            result = MessageResult.Cms.class,
            summary = "EnvelopedData or AuthEnvelopedData over the given bytes")
    record Encrypt(
            ContentRef content,
            @Nullable List<String> to,
            @Nullable List<ContentRef> recipients,
            @Nullable String cipher,
            @Nullable String keyTransport,
            @Nullable Boolean progress)
            implements CmsRequest {}

    @Method(
            value = "cms.decrypt",
            scopes = {Scope.DECRYPT, Scope.RAW_CMS},
            result = MessageResult.Opened.class,
            summary = "Opens EnvelopedData or AuthEnvelopedData, by the release rules of message.open")
    record Decrypt(
            ContentRef cms,
            @Nullable Boolean offline,
            @Nullable Boolean progress) implements CmsRequest {}
}
