using Microsoft.AspNetCore.Server.Kestrel.Core;
using Redactor.Listen;

namespace Redactor.Telemetry;

/// <summary>One page of a <see cref="PageServer"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of <paramref name="Body"/>.</param>
/// <param name="Body">The text.</param>
public sealed record Page(int Status, string ContentType, string Body)
{
    /// <summary>A page of plain text, <paramref name="body"/> and a line feed.</summary>
    public static Page Text(int status, string body) => new(status, "text/plain; charset=utf-8", body + "\n");
}

/// <summary>A small web server for pages about the program itself. Separate from the receiver, whose limits and load must not silence it.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    /// <summary>Greatest number of open connections: 128, probes and scrapers of one pod many times over.</summary>
    private const int MaxConnections = 128;

    /// <summary>Greatest size of all headers of one request in bytes: 16 KiB, twice a long bearer token.</summary>
    private const int MaxHeaderBytes = 16 * 1024;

    /// <summary>How long a connection may be idle: 20 seconds. Who holds connections and says nothing must not keep the probes out for long.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Age after which a connection is asked to close: 5 minutes, as the receivers' by default; a scraper keeps its own for ever.</summary>
    private static readonly TimeSpan MaxConnectionAge = TimeSpan.FromMinutes(5);

    /// <summary>How long the headers of a request may take: 5 seconds; probes and scrapers send one packet.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication app;
    private readonly Port port;
    private readonly IReadOnlyDictionary<string, Func<Page>> pages;
    private readonly IReadOnlyDictionary<string, Func<Page>> actions;

    /// <param name="port">Where to listen, and who may come in.</param>
    /// <param name="pages">The pages by path. Each is made when it is asked for.</param>
    /// <param name="actions">What a POST does, by path; the page tells what came of it.</param>
    public PageServer(Port port, IReadOnlyDictionary<string, Func<Page>> pages, IReadOnlyDictionary<string, Func<Page>>? actions = null)
    {
        this.port = port;
        this.pages = pages;
        this.actions = actions ?? new Dictionary<string, Func<Page>>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            port.Open(kestrel, HttpProtocols.Http1, HttpProtocols.Http1, MaxConnectionAge);
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public Uri Address => new($"{(port.IsEncrypted ? "https" : "http")}://{port.Address}");

    /// <exception cref="IOException">The address is in use, not this machine's, or not for this user; the message names it.</exception>
    public Task StartAsync() => Port.StartAsync(app, port);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Page page = Refuse(context) ?? Find(context.Request.Path.Value ?? "", context.Request.Method, context.Response.Headers);
        context.Response.StatusCode = page.Status;
        context.Response.ContentType = page.ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(page.Body, context.RequestAborted);
        }
    }

    /// <summary>The answer to who is not let in; null for everybody else.</summary>
    private Page? Refuse(HttpContext context)
    {
        var admission = Pages.IsOpenToAll(context.Request.Path) ? Admission.Granted : port.Admit(context);
        if (admission is Admission.Granted)
        {
            return null;
        }

        context.Response.Headers.WWWAuthenticate = port.Challenge;
        return admission == Admission.Busy
            ? Page.Text(StatusCodes.Status503ServiceUnavailable, "another password is being compared; try again")
            : Page.Text(StatusCodes.Status401Unauthorized, "this port asks for credentials");
    }

    private Page Find(string path, string method, IHeaderDictionary headers)
    {
        if (pages.TryGetValue(path, out var make) && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)))
        {
            return make();
        }

        if (actions.TryGetValue(path, out var act) && HttpMethods.IsPost(method))
        {
            return act();
        }

        if (make is null && act is null)
        {
            return Page.Text(StatusCodes.Status404NotFound, $"no such page; there are {string.Join(", ", pages.Keys.Concat(actions.Keys))}");
        }

        headers.Allow = make is null ? "POST" : "GET, HEAD";
        return Page.Text(StatusCodes.Status405MethodNotAllowed, make is null ? "this page does something: use POST" : "this page is only read: use GET");
    }
}
