using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Redactor.Tests.Receive;

/// <summary>A TCP connection for requests that no client library would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawConnection> OpenAsync(IPEndPoint address)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(address);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes);

    /// <summary>Sends the same again and again until the server closes or resets the connection, or it was <paramref name="times"/> times.</summary>
    /// <returns>How often it was sent.</returns>
    public async Task<int> FloodAsync(byte[] bytes, int times)
    {
        for (int sent = 0; sent < times; sent++)
        {
            try
            {
                await SendAsync(bytes);
            }
            catch (SocketException)
            {
                return sent;
            }
        }

        return times;
    }

    /// <summary>Says that nothing more will come, and goes on listening.</summary>
    public void CloseSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks off without a farewell.</summary>
    public void Reset() => socket.Close(timeout: 0);

    /// <summary>Waits for the first bytes of an answer.</summary>
    public async Task ReadAsync() => Assert.NotEqual(0, await socket.ReceiveAsync(new byte[4096]));

    /// <summary>Everything that the server sends until it closes or resets the connection, as Latin-1.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var received = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return received.ToString();
        }

        return received.ToString();
    }

    public void Dispose() => socket.Dispose();
}
