using Redactor.Listen;
using Redactor.Receive.Grpc;

namespace Redactor.Receive.Http;

/// <summary>OTLP/HTTP: a message posted as protobuf or JSON, answered in the same encoding.</summary>
internal sealed class HttpTransport(Intake intake)
{
    public async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = request.Path.Value ?? "";
        IncomingCall call = default;
        Refusal? refusal = Intake.Admit(context);
        if (refusal is null && HttpRoute.IsInfo(path) && HttpMethods.IsGet(request.Method))
        {
            await HttpReply.WriteInfoAsync(context.Response);
            return;
        }

        refusal ??= Admit(request, path, out call);
        ExportOutcome? outcome = refusal is null ? await intake.RunAsync(context, call) : await intake.RefuseUnreadAsync(context, refusal.Value);
        if (outcome is null)
        {
            return;
        }

        AddHints(context, refusal, path);
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

    /// <summary>The headers by which HTTP itself says what would be right: <c>WWW-Authenticate</c> (RFC 9110, 15.5.2), <c>Allow</c> (15.5.6) and <c>Accept-Encoding</c> (15.5.16).</summary>
    private static void AddHints(HttpContext context, Refusal? refusal, string path)
    {
        IHeaderDictionary headers = context.Response.Headers;
        if (refusal == Refusal.WrongHttpMethod)
        {
            headers.Allow = HttpRoute.IsInfo(path) ? HttpMethods.Get : HttpMethods.Post;
        }
        else if (refusal == Refusal.UnsupportedCompression)
        {
            headers.AcceptEncoding = ContentCodings.Accepted;
        }
        else if (refusal == Refusal.SenderUnauthenticated)
        {
            headers.WWWAuthenticate = Port.Of(context).Challenge;
        }
    }
}
