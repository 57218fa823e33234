namespace Redactor;

/// <summary>How far requests are held back for streams that go on in others.</summary>
/// <param name="MaxWait">How long one is held at most.</param>
/// <param name="MaxBytes">Bytes of requests that are held, and of texts that are kept, at most.</param>
public sealed record HoldOptions(TimeSpan MaxWait, long MaxBytes)
{
    /// <summary>Two seconds: the batch processors of SDKs send every one to five seconds, and senders wait for ten.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(2);

    /// <summary>The greatest wait that can be configured: 30 seconds, when the most patient of the usual senders gives up.</summary>
    public static readonly TimeSpan GreatestWait = TimeSpan.FromSeconds(30);

    /// <summary>16 MiB: four requests of the size that gRPC takes by default, or the ends of some 7,000 streams.</summary>
    public const long DefaultBytes = 16 * 1024 * 1024;

    /// <summary>The greatest memory that can be configured, in MiB: 1 GiB.</summary>
    public const int GreatestMib = 1024;
}
