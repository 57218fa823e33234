using Redactor.Receive.Http;

namespace Redactor.Receive.Grpc;

/// <summary>OTLP/gRPC: unary calls over HTTP/2, protobuf in, protobuf out.</summary>
internal sealed class GrpcTransport(Intake intake)
{
    private const string ContentType = "application/grpc";

    /// <summary>Whether <paramref name="request"/> is a gRPC call, to a known method or not.</summary>
    public static bool Speaks(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol)
        && HttpMethods.IsPost(request.Method)
        && MediaTypes.Name(request.ContentType) is ContentType or ContentType + "+proto";

    public async Task HandleAsync(HttpContext context)
    {
        Signal? signal = GrpcMethods.Find(context.Request.Path.Value);
        IncomingCall call = default;
        ExportOutcome? outcome = (Intake.Admit(context) ?? Admit(context.Request, signal, out call)) is { } refusal
            ? await intake.RefuseUnreadAsync(context, refusal)
            : await intake.RunAsync(context, call);
        if (outcome is not null)
        {
            GrpcResponse.Write(context.Response, outcome);
        }
    }

    private static Refusal? Admit(HttpRequest request, Signal? signal, out IncomingCall call)
    {
        call = default;
        if (signal is null)
        {
            return Refusal.UnknownPath;
        }

        if (ContentCodings.Find(request.Headers.GrpcEncoding) is not { } coding)
        {
            return Refusal.UnsupportedCompression;
        }

        if (!GrpcTimeout.TryParse(request.Headers.GrpcTimeout.ToString(), out TimeSpan? timeout))
        {
            return Refusal.MalformedHeader;
        }

        call = new IncomingCall(signal.Value, PayloadEncoding.Protobuf, new GrpcFraming(allowGzip: coding == ContentCoding.Gzip), timeout);
        return null;
    }
}
