namespace Redactor;

/// <summary>Every reason for which a request can be turned away. <c>Receive/RefusalTable.cs</c> gives each its status on either transport.</summary>
public enum Refusal
{
    /// <summary>The content type is missing or none that OTLP names.</summary>
    WrongContentType,

    /// <summary>No such gRPC method or HTTP path.</summary>
    UnknownPath,

    /// <summary>The path is known and the HTTP method is not the one it takes.</summary>
    WrongHttpMethod,

    /// <summary>Compressed by something other than gzip.</summary>
    UnsupportedCompression,

    /// <summary>A header that the protocol gives a form (<c>grpc-timeout</c>) does not have it.</summary>
    MalformedHeader,

    /// <summary>What frames the message (the prefix over gRPC, chunks over HTTP) is impossible.</summary>
    BadFrame,

    /// <summary>A unary call carried more than its one message.</summary>
    ExtraMessage,

    /// <summary>The request ended before the message did.</summary>
    Truncated,

    /// <summary>The message is larger than the limit, before or after inflation.</summary>
    TooLarge,

    /// <summary>The body claims to be gzip and is not, or is damaged.</summary>
    BrokenGzip,

    /// <summary>The message is not valid protobuf or JSON.</summary>
    Malformed,

    /// <summary>Messages or values are nested deeper than the limit.</summary>
    TooDeep,

    /// <summary>Text in the message is encoded deeper, in more pieces or at greater cost than is read, and the configuration refuses such.</summary>
    OverBudget,

    /// <summary>The message has more places to look at, or to mask, than there is memory meant for.</summary>
    TooDense,

    /// <summary>The sender's deadline passed before the backend had answered.</summary>
    DeadlinePassed,

    /// <summary>The request body arrived slower than the least rate.</summary>
    TooSlow,

    /// <summary>A limit on what may be in flight is reached.</summary>
    Overloaded,

    /// <summary>The disk queue has no room.</summary>
    QueueFull,

    /// <summary>The process is stopping.</summary>
    ShuttingDown,

    /// <summary>A backend can't take the data now.</summary>
    BackendUnavailable,

    /// <summary>A backend refused the data for good.</summary>
    BackendRefused,

    /// <summary>A backend calls the request larger than it takes; its parts may be accepted.</summary>
    BackendTooLarge,

    /// <summary>A backend takes no data of this signal, or none is configured for it.</summary>
    SignalNotSupported,

    /// <summary>The receiver asks senders for credentials, and these are missing or not valid.</summary>
    SenderUnauthenticated,

    /// <summary>A backend did not accept the credentials.</summary>
    Unauthenticated,

    /// <summary>A backend knows who asks and does not allow it.</summary>
    PermissionDenied,

    /// <summary>A defect of our own; nothing was forwarded.</summary>
    Internal,
}
