using static Redactor.GrpcStatusCode;

namespace Redactor.Receive;

/// <summary>
/// The one place that knows what each refusal is on the wire. Codes are those that OTLP 1.11 ("Failures") names, and for faults of the
/// transport those of gRPC's own table (https://github.com/grpc/grpc/blob/master/doc/statuscodes.md).
/// </summary>
internal static class RefusalTable
{
    /// <summary>What senders are asked to wait where nobody said otherwise: the first back-off of common exporters.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(1);

    public static RefusalStatus Of(Refusal refusal) => refusal switch
    {
        Refusal.WrongContentType => Final(InvalidArgument, 415, "content type not supported: send application/x-protobuf or application/json over HTTP, application/grpc or application/grpc+proto over HTTP/2"),
        Refusal.UnknownPath => Final(Unimplemented, 404, "unknown method: OTLP takes POST [prefix]/v1/traces, /v1/metrics, /v1/logs and /v1development/profiles over HTTP, and the Export method of its four collector services over gRPC"),
        Refusal.WrongHttpMethod => Final(Unimplemented, 405, "HTTP method not supported here: telemetry is sent by POST, /info is read by GET"),
        Refusal.UnsupportedCompression => Final(Unimplemented, 415, "compression not supported: send gzip or none"),
        Refusal.MalformedHeader => Final(InvalidArgument, 400, "malformed grpc-timeout header: at most 8 digits and a unit of H, M, S, m, u or n"),
        Refusal.BadFrame => Final(InvalidArgument, 400, "malformed framing of the message: over gRPC its first byte is 0, or 1 together with grpc-encoding: gzip; over HTTP chunks are as RFC 9112 has them"),
        Refusal.ExtraMessage => Final(Unimplemented, 400, "Export is a unary method: exactly one message a call"),
        Refusal.Truncated => Final(InvalidArgument, 400, "the request ended before the message was complete"),
        Refusal.TooLarge => Final(ResourceExhausted, 413, "message larger than the receiver's limit: send smaller batches, or raise max_recv_msg_size_mib"),
        Refusal.BrokenGzip => Final(GrpcStatusCode.Internal, 400, "the body is not valid gzip"),
        Refusal.Malformed => Final(InvalidArgument, 400, "the message is not a valid OTLP export request"),
        Refusal.TooDeep => Final(InvalidArgument, 400, "the message is nested deeper than the receiver's limit"),
        Refusal.OverBudget => Final(InvalidArgument, 400, "text in the message is encoded deeper or more often than is read"),
        Refusal.TooDense => Final(ResourceExhausted, 413, "the message has more places to look at than there is memory meant for: send smaller batches"),
        Refusal.DeadlinePassed => Later(DeadlineExceeded, 504, "the deadline passed before the data was delivered"),
        Refusal.TooSlow => Later(Unavailable, 503, "the request body arrived too slowly"),
        Refusal.Overloaded => Later(Unavailable, 503, "too much data in flight; try again later"),
        Refusal.QueueFull => Later(Unavailable, 503, "the queue is full; try again later"),
        Refusal.ShuttingDown => Later(Unavailable, 503, "the receiver is shutting down; try again over a new connection"),
        Refusal.BackendUnavailable => Later(Unavailable, 503, "the backend can't take the data now"),
        Refusal.BackendRefused => Final(InvalidArgument, 400, "the backend refused the data"),
        Refusal.BackendTooLarge => Final(ResourceExhausted, 413, "the backend takes no request of this size: send smaller batches"),
        Refusal.SignalNotSupported => Final(Unimplemented, 404, "no backend takes this signal"),
        Refusal.SenderUnauthenticated => Final(GrpcStatusCode.Unauthenticated, 401, "this receiver asks for credentials: send a valid bearer token or user and password"),
        Refusal.Unauthenticated => Final(GrpcStatusCode.Unauthenticated, 401, "the backend did not accept the credentials"),
        Refusal.PermissionDenied => Final(GrpcStatusCode.PermissionDenied, 403, "the backend does not permit this"),
        Refusal.Internal => Final(GrpcStatusCode.Internal, 500, "internal error; nothing was forwarded"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };

    private static RefusalStatus Final(GrpcStatusCode grpc, int http, string message) => new(grpc, http, Retryable: false, message);

    private static RefusalStatus Later(GrpcStatusCode grpc, int http, string message) => new(grpc, http, Retryable: true, message);
}
