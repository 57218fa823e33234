using System.Security.Cryptography.X509Certificates;

namespace Redactor.Forward;

/// <summary>How a backend proves who it is, and how we do. Matters for <c>https</c> endpoints only.</summary>
public sealed record BackendTls
{
    /// <summary>The authorities that the backend's certificate must come from; null trusts the system's.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Our own certificate with its private key, where the backend asks for one.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Accepts any certificate. For tests of a set-up, never for production.</summary>
    public bool SkipVerify { get; init; }
}
