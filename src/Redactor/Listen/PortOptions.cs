using System.Net;
using System.Security.Authentication;

namespace Redactor.Listen;

/// <summary>One port to listen on, and who may come in. Names of files, not what they hold: that is read again whenever it changes.</summary>
/// <param name="Address">Address and port; port 0 lets the system choose.</param>
public sealed record PortOptions(IPEndPoint Address)
{
    /// <summary>Encryption; null listens in clear text.</summary>
    public PortTls? Tls { get; init; }

    /// <summary>What clients must prove; null asks for nothing.</summary>
    public PortAuth? Auth { get; init; }

    /// <summary>The networks that clients may come from; empty allows all.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];
}

/// <summary>How a port encrypts. The files are PEM.</summary>
/// <param name="CertFile">The certificate, and behind it those that lead to its authority.</param>
/// <param name="KeyFile">The certificate's private key, unencrypted.</param>
public sealed record PortTls(string CertFile, string KeyFile)
{
    /// <summary>The authorities of clients' certificates; null asks for none.</summary>
    public string? ClientCaFile { get; init; }

    /// <summary>The versions of TLS that are spoken. From 1.2 on, as the collector's default: RFC 8996 retired what came before.</summary>
    public SslProtocols Versions { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>How old what was read may get before a new connection looks at the files again.</summary>
    public TimeSpan ReloadInterval { get; init; } = ListenLimits.ReloadInterval;
}

/// <summary>What clients of a port must prove; either proof is enough where both are configured.</summary>
public sealed record PortAuth
{
    /// <summary>The header that carries a bearer token, in lower case.</summary>
    public const string DefaultHeader = "authorization";

    /// <summary>A file with bearer tokens, one a line; null takes none.</summary>
    public string? TokensFile { get; init; }

    /// <summary>The header with the token, in lower case: another one leaves <c>authorization</c> to the backend.</summary>
    public string TokenHeader { get; init; } = DefaultHeader;

    /// <summary>A file with users and the hashes of their passwords, as htpasswd writes it; null takes no basic authentication.</summary>
    public string? HtpasswdFile { get; init; }

    /// <summary>The headers that hold credentials meant for this port.</summary>
    public IEnumerable<string> Headers
    {
        get
        {
            if (TokensFile is not null)
            {
                yield return TokenHeader;
            }

            if (HtpasswdFile is not null)
            {
                yield return DefaultHeader;
            }
        }
    }
}
