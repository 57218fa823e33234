using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Redactor.Listen;

/// <summary>The TLS settings of each new connection, with the certificates as they are now: a renewed one needs no restart.</summary>
internal sealed class TlsHandshake(PortTls tls, TimeProvider time, ILogger logger)
{
    private readonly WatchedFiles<TlsIdentity> identity = new(TlsIdentity.Files(tls), TlsIdentity.Parse, tls.ReloadInterval, time, logger);

    public TlsHandshakeCallbackOptions Options => new()
    {
        OnConnection = _ => ValueTask.FromResult(Settings(identity.Current)),
        HandshakeTimeout = ListenLimits.HandshakeTimeout,
    };

    private SslServerAuthenticationOptions Settings(TlsIdentity current) => new()
    {
        ServerCertificateContext = current.Certificate,
        EnabledSslProtocols = tls.Versions,
        ClientCertificateRequired = current.Authorities is not null,
        CertificateChainPolicy = current.Authorities is null ? null : CertificateTrust.Only(current.Authorities),
    };
}
