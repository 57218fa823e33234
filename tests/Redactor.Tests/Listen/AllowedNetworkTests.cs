using System.Net;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Listen;

public sealed class AllowedNetworkTests
{
    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("10.0.0.0/8", "127.0.0.1/32")]
    public async Task A_client_from_an_allowed_network_is_served(params string[] networks)
    {
        await using TestReceiver receiver = await StartAsync(networks);
        using var http = new OtlpHttpClient(receiver.Http);
        using var grpc = new GrpcClient(receiver.Grpc);

        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/info")).Status);
        Assert.Equal(0, (await grpc.SendAsync(GrpcClient.Frame([]))).Status);
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("127.0.0.2/32", "::1/128")]
    public async Task The_connection_of_any_other_client_is_closed_before_a_byte_is_read(params string[] networks)
    {
        await using TestReceiver receiver = await StartAsync(networks);
        using RawConnection grpc = await RawConnection.OpenAsync(receiver.Receiver.GrpcAddress!);
        Assert.Equal("", await grpc.ReadToEndAsync());
        using RawConnection http = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);
        Assert.Equal("", await http.ReadToEndAsync());

        Assert.Equal([("grpc", Admission.AddressNotAllowed), ("http", Admission.AddressNotAllowed)], receiver.Denials);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true, false)]
    [InlineData("::1/128", false, true)]
    public async Task On_a_port_for_both_families_networks_hold_for_the_clients_of_theirs(string network, bool overIPv4, bool overIPv6)
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.IPv6Any, 0)) { Allow = [IPNetwork.Parse(network)] };
        await using var receiver = new OtlpReceiver(new ReceiverOptions { Grpc = null, Http = port }, (_, _) => Task.FromResult(ExportOutcome.Success));
        await receiver.StartAsync();

        Assert.Equal(overIPv4, await IsServedAsync("127.0.0.1"));
        Assert.Equal(overIPv6, await IsServedAsync("[::1]"));

        async Task<bool> IsServedAsync(string address)
        {
            using var client = new OtlpHttpClient(new Uri($"http://{address}:{receiver.HttpAddress!.Port}"));
            try
            {
                return (await client.SendAsync(HttpMethod.Get, "/info")).Status == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    private static Task<TestReceiver> StartAsync(string[] networks)
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Allow = [.. networks.Select(n => IPNetwork.Parse(n))] };
        return TestReceiver.StartAsync(options: new ReceiverOptions { Grpc = port, Http = port });
    }
}
