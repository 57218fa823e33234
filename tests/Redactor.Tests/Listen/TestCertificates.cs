using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Redactor.Listen;

namespace Redactor.Tests.Listen;

/// <summary>An authority and the certificates that it issues, as PEM files in a folder that is gone with the test.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder folder = new();
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        AuthorityFile = folder.Write("ca.pem", authority.ExportCertificatePem());
    }

    public string AuthorityFile { get; }

    /// <summary>The server's files: whatever <see cref="Renew"/> last wrote.</summary>
    public PortTls Tls => new(folder.PathOf("server.pem"), folder.PathOf("server.key"));

    /// <summary>Writes a new certificate of the server.</summary>
    /// <returns>Its thumbprint.</returns>
    public string Renew(int daysLeft = 1)
    {
        using var certificate = Issue("localhost", ServerAuthentication, daysLeft);
        folder.Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        folder.Write("server.pem", certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    /// <summary>Writes something else into one of the server's files.</summary>
    public void Write(string name, string content) => folder.Write(name, content);

    /// <summary>A client's certificate of this authority.</summary>
    public X509Certificate2 IssueClient() => Issue("client", ClientAuthentication);

    /// <summary>A certificate of this authority that is good for servers only.</summary>
    public X509Certificate2 IssueServer() => Issue("other", ServerAuthentication);

    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
        folder.Dispose();
    }

    private X509Certificate2 Issue(string name, string usage, int daysLeft = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1.5), DateTimeOffset.UtcNow.AddDays(daysLeft), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
