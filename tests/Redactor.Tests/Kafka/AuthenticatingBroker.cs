using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Redactor.Tests.Kafka;

/// <summary>As much of a broker as there is before a client is let in: TLS, its API's versions, and the first message of SASL, which it keeps.</summary>
internal sealed class AuthenticatingBroker : IAsyncDisposable
{
    private const short ApiVersions = 18;
    private const short SaslHandshake = 17;
    private const short SaslAuthenticate = 36;
    private const short Flexible = 3;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    /// <param name="certificate">For TLS, which then asks clients for one too; null for clear text.</param>
    public AuthenticatingBroker(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        running = Task.Run(AcceptAsync);
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The mechanism that the client asks for.</summary>
    public TaskCompletionSource<string> Mechanism { get; } = new();

    /// <summary>The client's first message.</summary>
    public TaskCompletionSource<string> Message { get; } = new();

    /// <summary>Whose certificate the client shows.</summary>
    public TaskCompletionSource<string?> Subject { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate?.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stopping.Token);
            try
            {
                await ServeAsync(client);
            }
            catch (IOException)
            {
                // The client is gone; it comes again.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Stream stream = client.GetStream();
        if (certificate is not null)
        {
            var tls = new SslStream(stream);
            var options = new SslServerAuthenticationOptions { ServerCertificate = certificate, ClientCertificateRequired = true, RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null };
            await tls.AuthenticateAsServerAsync(options, stopping.Token);
            Subject.TrySetResult(tls.RemoteCertificate?.Subject);
            stream = tls;
        }

        while (true)
        {
            var size = new byte[4];
            await stream.ReadExactlyAsync(size, stopping.Token);
            var request = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
            await stream.ReadExactlyAsync(request, stopping.Token);
            byte[] answer = [.. request.AsSpan(4, 4), .. Answer(request)];
            await stream.WriteAsync((byte[])[.. Int32(answer.Length), .. answer], stopping.Token);
        }
    }

    private byte[] Answer(byte[] request)
    {
        short api = BinaryPrimitives.ReadInt16BigEndian(request);
        short version = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2));

        // Behind kind, version and number comes the client's id, a string; then what is asked.
        var content = request.AsSpan(10 + BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8)));
        switch (api)
        {
            case ApiVersions:
                (short Key, short Greatest)[] known = [(ApiVersions, 3), (SaslHandshake, 1), (SaslAuthenticate, 0)];
                return version >= Flexible
                    ? [0, 0, (byte)(known.Length + 1), .. known.SelectMany(k => (byte[])[.. Int16(k.Key), 0, 0, .. Int16(k.Greatest), 0]), 0, 0, 0, 0, 0]
                    : [0, 0, .. Int32(known.Length), .. known.SelectMany(k => (byte[])[.. Int16(k.Key), 0, 0, .. Int16(k.Greatest)])];
            case SaslHandshake:
                var mechanism = Encoding.UTF8.GetString(content[2..]);
                Mechanism.TrySetResult(mechanism);
                return [0, 0, 0, 0, 0, 1, .. Int16((short)mechanism.Length), .. Encoding.UTF8.GetBytes(mechanism)];
            default:
                Message.TrySetResult(Encoding.UTF8.GetString(content[4..]));
                return [0, 0, 0xFF, 0xFF, 0, 0, 0, 0];
        }
    }

    private static byte[] Int16(short value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Int32(int value) => [.. Int16((short)(value >> 16)), .. Int16((short)value)];
}
