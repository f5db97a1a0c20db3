package org.zegel.trust;

/** What an end-entity certificate is to be used for; decides key usage and extended key usage checks. */
public enum CertificatePurpose {
    SIGN_MAIL,
    ENCRYPT_MAIL,
    SIGN_TIME_STAMP
}
