using System.Net;
using System.Net.Sockets;

namespace Redactor.Bench.Hostile;

/// <summary>Many raw connections to one port at once.</summary>
internal sealed class Siege : IDisposable
{
    private readonly List<Socket> sockets = [];

    /// <summary>How many connections the other side has not closed.</summary>
    public int Open => sockets.Count(IsOpen);

    public int Count => sockets.Count;

    /// <summary>Opens <paramref name="count"/> connections one after the other.</summary>
    public static async Task<Siege> OpenAsync(Uri port, int count)
    {
        var siege = new Siege();
        for (int i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            siege.sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port.Port);
        }

        return siege;
    }

    /// <summary>Sends the same on every connection that is still open.</summary>
    /// <returns>On how many that went well.</returns>
    public async Task<int> SendAsync(byte[] bytes)
    {
        bool[] sent = await Task.WhenAll(sockets.Select(s => TryAsync(() => s.SendAsync(bytes).WaitAsync(TimeSpan.FromSeconds(5)))));
        return sent.Count(s => s);
    }

    /// <summary>Sends the same on every connection again and again, until the other side ends it or it was <paramref name="times"/> times.</summary>
    /// <returns>The greatest number of bytes that one connection got rid of.</returns>
    public async Task<long> FloodAsync(byte[] bytes, int times)
    {
        long[] sent = await Task.WhenAll(sockets.Select(async socket =>
        {
            long count = 0;
            while (count < times && await TryAsync(() => socket.SendAsync(bytes).WaitAsync(TimeSpan.FromSeconds(5))))
            {
                count++;
            }

            return count * bytes.Length;
        }));
        return sent.Max();
    }

    /// <summary>Waits until the other side has closed all connections, at most <paramref name="patience"/>, and tells how long that took.</summary>
    public async Task<string> WaitUntilClosedAsync(TimeSpan patience, Func<Task>? meanwhile = null)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (Open > 0 && clock.Elapsed < patience)
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return Open == 0 ? $"all closed after {clock.Elapsed.TotalSeconds:F0} s" : $"{Open} of {Count} still open after {clock.Elapsed.TotalSeconds:F0} s";
    }

    public void Dispose() => sockets.ForEach(s => s.Dispose());

    /// <summary>Reads all that has come, since the end is seen only behind it.</summary>
    private static bool IsOpen(Socket socket)
    {
        Span<byte> answer = stackalloc byte[4096];
        try
        {
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(answer) == 0)
                {
                    return false;
                }
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> TryAsync<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return false;
        }
    }
}
