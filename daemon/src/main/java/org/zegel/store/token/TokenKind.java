package org.zegel.store.token;

import java.time.Duration;
import org.zegel.consent.SecretQuestion;

/**
 * What a backend calls its tokens.
 *
 * @param name of the backend, as in store listings
 * @param secret what a token is opened with
 * @param remedy what a person can do about a secret that is locked or not set, as one sentence
 * @param unlockedFor how long a login counts after the secret was given; zero: for that use alone
 * @param showsPublicKeys every key pair's public key is seen before login, so that a certificate without one is another's
 */
public record TokenKind(
        String name, SecretQuestion.Kind secret, String remedy, Duration unlockedFor, boolean showsPublicKeys) {}
