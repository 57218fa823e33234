namespace Redactor.Kafka;

/// <summary>How to reach a Kafka cluster.</summary>
public sealed record KafkaConnection
{
    /// <summary>Addresses to start from, each <c>host:port</c>; the cluster tells the others.</summary>
    public required IReadOnlyList<string> Brokers { get; init; }

    /// <summary>What the brokers call this client in their logs and quotas.</summary>
    public string ClientId { get; init; } = "redactor";

    /// <summary>Null for clear text.</summary>
    public KafkaTls? Tls { get; init; }

    /// <summary>Null where the brokers ask nobody who they are, or ask for a certificate.</summary>
    public KafkaSasl? Sasl { get; init; }
}

/// <summary>TLS towards brokers, as paths of PEM files that have been read once and are valid.</summary>
/// <param name="AuthorityFile">Whom to trust; null trusts what the system trusts.</param>
/// <param name="CertificateFile">Our own certificate and those between it and its authority; null shows none.</param>
/// <param name="KeyFile">Its private key; null together with <paramref name="CertificateFile"/>.</param>
/// <param name="SkipVerify">Whether any certificate of a broker will do.</param>
public sealed record KafkaTls(string? AuthorityFile, string? CertificateFile, string? KeyFile, bool SkipVerify);

/// <summary>The ways to prove who one is.</summary>
public enum KafkaSaslMechanism
{
    /// <summary>User and password as they are: for TLS only.</summary>
    Plain,

    /// <summary>User and password, which never travel (RFC 7677).</summary>
    ScramSha256,

    /// <summary>The same with SHA-512.</summary>
    ScramSha512,

    /// <summary>A token from an OAuth 2.0 server, by the client credentials grant (RFC 6749, 4.4).</summary>
    OAuthBearer,
}

/// <summary>Who we are. Secret values: never shown, never logged.</summary>
/// <param name="Mechanism">How to prove it.</param>
/// <param name="Username">The user; for OAUTHBEARER the client's id.</param>
/// <param name="Password">The password; for OAUTHBEARER the client's secret.</param>
/// <param name="TokenUrl">Where OAUTHBEARER gets its tokens; null for the others.</param>
/// <param name="Scopes">What OAUTHBEARER's tokens are asked to allow; may be empty.</param>
public sealed record KafkaSasl(KafkaSaslMechanism Mechanism, string Username, string Password, Uri? TokenUrl = null, string Scopes = "");
