using Redactor.Receive.Grpc;

namespace Redactor.Receive.Http;

/// <summary>OTLP/HTTP: a message posted as protobuf or JSON, answered in the same encoding.</summary>
internal sealed class HttpTransport(Intake intake)
{
    public async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = request.Path.Value ?? "";
        if (HttpRoute.IsInfo(path) && HttpMethods.IsGet(request.Method))
        {
            await HttpReply.WriteInfoAsync(context.Response);
            return;
        }

        Refusal? refusal = Admit(request, path, out IncomingCall call);
        ExportOutcome? outcome = refusal is null ? await intake.RunAsync(context, call) : intake.Refuse(refusal.Value);
        if (outcome is null)
        {
            return;
        }

        AddHints(context.Response.Headers, refusal, path);
        await HttpReply.WriteAsync(context.Response, call.Signal, MediaTypes.Encoding(request.ContentType) ?? PayloadEncoding.Json, outcome);
    }

    private static Refusal? Admit(HttpRequest request, string path, out IncomingCall call)
    {
        call = default;
        Signal? signal = HttpRoute.FindSignal(path);
        bool isGrpcMethod = GrpcMethods.Find(path) is not null;
        if (signal is null && !isGrpcMethod && !HttpRoute.IsInfo(path))
        {
            return Refusal.UnknownPath;
        }

        if (!HttpMethods.IsPost(request.Method) || HttpRoute.IsInfo(path))
        {
            return Refusal.WrongHttpMethod;
        }

        if (signal is null || MediaTypes.Encoding(request.ContentType) is not { } encoding)
        {
            return Refusal.WrongContentType;
        }

        if (ContentCodings.Find(request.Headers.ContentEncoding) is not { } coding)
        {
            return Refusal.UnsupportedCompression;
        }

        call = new IncomingCall(signal.Value, encoding, new PlainFraming(isGzip: coding == ContentCoding.Gzip));
        return null;
    }

    /// <summary>The headers by which HTTP itself says what would be right: <c>Allow</c> (RFC 9110, 15.5.6) and <c>Accept-Encoding</c> (15.5.16).</summary>
    private static void AddHints(IHeaderDictionary headers, Refusal? refusal, string path)
    {
        if (refusal == Refusal.WrongHttpMethod)
        {
            headers.Allow = HttpRoute.IsInfo(path) ? HttpMethods.Get : HttpMethods.Post;
        }
        else if (refusal == Refusal.UnsupportedCompression)
        {
            headers.AcceptEncoding = ContentCodings.Accepted;
        }
    }
}
