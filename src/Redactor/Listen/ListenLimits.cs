namespace Redactor.Listen;

/// <summary>Every limit of a listening port that is not the receiver's own: what it bounds, its unit and why it has that value.</summary>
public static class ListenLimits
{
    /// <summary>Greatest size of a file with certificates, keys, tokens or users, in bytes: 1 MiB, what a Kubernetes secret can hold.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>
    /// Greatest number of tokens, or of users' lines, in a file: 1024. Every request is compared with all of them, at about 15 ns each.
    /// </summary>
    public const int MaxCredentials = 1024;

    /// <summary>Least length of a bearer token in characters: 16, so that nobody guesses it (96 bits where it is random base64).</summary>
    public const int MinTokenLength = 16;

    /// <summary>Greatest length of a password in bytes: 512, libcrypt's own (CRYPT_MAX_PASSPHRASE_SIZE).</summary>
    public const int MaxPasswordBytes = 512;

    /// <summary>How old what was read from a file may get before it is looked at again: 10 seconds, so that a token that leaked stops to work at once, as people count.</summary>
    public static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long a TLS handshake may take. 10 seconds, Kestrel's default.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Least time between two lines about clients that were not let in, for each port: 1 second, so that nobody can fill the log.</summary>
    public static readonly TimeSpan DenialLogInterval = TimeSpan.FromSeconds(1);
}
