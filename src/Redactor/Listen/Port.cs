using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace Redactor.Listen;

/// <summary>One listening port: lets in who may come, encrypts, and answers whether a request's credentials are good.</summary>
internal sealed class Port
{
    private readonly PortOptions options;
    private readonly TimeProvider time;
    private readonly AccessLog log;
    private readonly TlsHandshake? tls;
    private readonly CredentialCheck? credentials;
    private ListenOptions? listening;

    /// <param name="name">For the log and metrics: <c>grpc</c>, <c>http</c>, <c>health</c> or <c>admin</c>.</param>
    /// <param name="options">Where to listen and who may come in.</param>
    /// <param name="logger">Told of who was not let in and of files that changed.</param>
    /// <param name="onDenied">Counts who was not let in.</param>
    /// <param name="time">Measures the age of connections and of what was read from files.</param>
    /// <exception cref="IOException">A file can't be used now; the message says why.</exception>
    public Port(string name, PortOptions options, ILogger logger, Action<string, Admission>? onDenied, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        log = new AccessLog(name, onDenied, time, logger);
        tls = options.Tls is null ? null : new TlsHandshake(options.Tls, time, logger);
        credentials = options.Auth is null ? null : new CredentialCheck(options.Auth, time, logger);
    }

    /// <summary>Where it listens, with the port that the system chose; null before that.</summary>
    public IPEndPoint? Address => listening?.IPEndPoint;

    /// <summary>Whether it speaks TLS.</summary>
    public bool IsEncrypted => tls is not null;

    /// <summary>What <c>WWW-Authenticate</c> says to who was not let in (RFC 9110, 11.6.1).</summary>
    public StringValues Challenge => credentials?.Challenge ?? default;

    /// <summary>The port through which a request came.</summary>
    public static Port Of(HttpContext context) => context.Features.GetRequiredFeature<Port>();

    /// <summary>Adds the port to a server.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="clearText">The versions of HTTP without TLS, which has no way to agree on one.</param>
    /// <param name="encrypted">The versions that TLS may agree on.</param>
    /// <param name="maxAge">Age after which a connection is asked to close.</param>
    public void Open(KestrelServerOptions kestrel, HttpProtocols clearText, HttpProtocols encrypted, TimeSpan maxAge) =>
        kestrel.Listen(options.Address, listen =>
        {
            listening = listen;
            listen.Protocols = tls is null ? clearText : encrypted;
            listen.Use(LetIn);
            listen.Use(new ConnectionAge(maxAge, time).Limit);
            if (tls is not null)
            {
                listen.UseHttps(tls.Options);
            }
        });

    /// <summary>Starts the server that <paramref name="ports"/> were added to.</summary>
    /// <exception cref="IOException">An address is in use, not this machine's, or not for this user; the message names it.</exception>
    public static async Task StartAsync(WebApplication server, params IEnumerable<Port?> ports)
    {
        try
        {
            await server.StartAsync();
        }
        catch (SocketException e)
        {
            // Kestrel itself names an address only if it is in use.
            throw new IOException($"{string.Join(" or ", ports.OfType<Port>().Select(port => port.options.Address))}: {e.Message}.", e);
        }
    }

    /// <summary>Whether the credentials of a request are good. Who is not let in was counted and logged.</summary>
    public Admission Admit(HttpContext context)
    {
        if (credentials is null)
        {
            return Admission.Granted;
        }

        var admission = credentials.Admit(context.Request.Headers);
        if (admission != Admission.Granted)
        {
            log.Denied(admission, context.Connection.RemoteIpAddress);
        }

        return admission;
    }

    private ConnectionDelegate LetIn(ConnectionDelegate next) => connection =>
    {
        if (options.Allow.Count > 0 && !IsAllowed(connection.RemoteEndPoint))
        {
            log.Denied(Admission.AddressNotAllowed, (connection.RemoteEndPoint as IPEndPoint)?.Address);
            return Task.CompletedTask;
        }

        connection.Features.Set(this);
        return next(connection);
    };

    private bool IsAllowed(EndPoint? client)
    {
        if (client is not IPEndPoint { Address: var address })
        {
            return false;
        }

        // A port on [::] sees IPv4 clients by mapped addresses.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.Allow.Any(network => network.Contains(plain));
    }
}
