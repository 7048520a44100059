"""Exports small networks through both exporters of PyTorch at many operator sets, weights blanked.

    python export_layers.py FOLDER      (torch, onnx and onnxscript installed)
"""
import sys, os, warnings, io, onnx, torch
import numpy as np, onnxruntime as ort
from torch import nn
warnings.filterwarnings("ignore")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from slim import slim

class Layers(nn.Module):
    def __init__(s):
        super().__init__()
        s.conv=nn.Conv2d(3,8,3,padding=1,bias=False); s.bn=nn.BatchNorm2d(8); s.act=nn.SiLU()
        s.group=nn.GroupNorm(2,8); s.hard=nn.Hardswish(); s.up=nn.Upsample(scale_factor=2)
        s.norm=nn.LayerNorm(8); s.gelu=nn.GELU(); s.fc=nn.Linear(8,16)
        s.out=nn.Linear(16,5,bias=False); s.soft=nn.Softmax(dim=1)
    def forward(s,x):
        x=s.up(s.hard(s.group(s.act(s.bn(s.conv(x))))))
        x=x.flatten(2).transpose(1,2)
        x=s.fc(s.gelu(s.norm(x)))
        return s.soft(s.out(x.mean(1)))

class Attends(nn.Module):
    def __init__(s):
        super().__init__()
        s.attention=nn.MultiheadAttention(16,2,batch_first=True); s.norm=nn.LayerNorm(16)
    def forward(s,x):
        y=s.norm(x)
        return x+s.attention(y,y,y,need_weights=False)[0]

class Recurrent(nn.Module):
    def __init__(s):
        super().__init__()
        s.lstm=nn.LSTM(6,7,2,batch_first=True,bidirectional=True); s.gru=nn.GRU(14,5); s.rnn=nn.RNN(5,3); s.embed=nn.Embedding(11,6)
    def forward(s,ids):
        x=s.lstm(s.embed(ids))[0]
        return s.rnn(s.gru(x)[0])[0]

class Shapes(nn.Module):
    """Sizes computed from the input's in every way that networks do it."""
    def __init__(s):
        super().__init__()
        s.conv=nn.Conv2d(3,4,3,stride=2,padding=1)
    def forward(s,x):
        n,c,h,w=x.shape
        y=s.conv(x)
        a,b=y.chunk(2,1)
        y=torch.cat([b,a],1).view(n,2,2,y.shape[2],y.shape[3]).transpose(1,2).reshape(n,-1,y.shape[2],y.shape[3])
        y=nn.functional.interpolate(y,size=(h,w),mode="bilinear",align_corners=False)
        y=nn.functional.pad(y,(1,2,0,w%4))
        t=torch.zeros(n,1,y.shape[-1]).expand(n,3,-1)
        return y.flatten(2).unflatten(2,(y.shape[2],-1)).mean(3), t+x.mean()

class Plain(nn.Module):
    """What the oldest operator sets have."""
    def __init__(s):
        super().__init__()
        s.conv=nn.Conv2d(3,8,3,padding=1); s.bn=nn.BatchNorm2d(8); s.act=nn.ReLU(); s.pool=nn.MaxPool2d(2)
        s.deep=nn.Conv2d(8,8,3,padding=1,groups=8,bias=False); s.gate=nn.Sigmoid(); s.mean=nn.AdaptiveAvgPool2d(1)
        s.drop=nn.Dropout(); s.out=nn.Linear(8,5)
    def forward(s,x):
        y=s.pool(s.act(s.bn(s.conv(x))))
        y=y*s.gate(s.deep(y))+y
        return s.out(s.drop(torch.flatten(s.mean(y),1)))

def vary(model):
    """Distinct values everywhere: exporters merge initializers of equal value."""
    for t in list(model.parameters())+[b for b in model.buffers() if b.dtype.is_floating_point]:
        t.data=torch.rand_like(t)+0.5

def expect(name,path,own,others):
    """What ONNX Runtime makes of the file at its own input and at others: the shapes of its outputs."""
    session=ort.InferenceSession(path,providers=["CPUExecutionProvider"])
    for sizes in (tuple(own.shape),)+tuple(others):
        x=np.ones(sizes,dtype=np.int64 if own.dtype==torch.int64 else np.float32)
        outs=session.run(None,{session.get_inputs()[0].name:x})
        rows.append("%s,%s,%s"%(name,"x".join(map(str,sizes))," ".join("x".join(map(str,o.shape)) or "scalar" for o in outs)))

rows=["file,input,outputs"]

def run(name, model, args, dynamic, opset, dynamo, folder, dyn_shapes=None, others=(), **kw):
    model.eval(); b=io.BytesIO(); vary(model)
    path=os.path.join(folder,name+".onnx")
    try:
        if dynamo:
            torch.onnx.export(model,args,path,dynamo=True,opset_version=opset,dynamic_shapes=dyn_shapes,verbose=False,external_data=False,**kw)
        else:
            torch.onnx.export(model,args,path,dynamo=False,opset_version=opset,dynamic_axes=dynamic,input_names=["x"],output_names=["y"],**kw)
        expect(name,path,args[0],others)
        slim(path)
        print("ok",name)
    except Exception as e:
        print("FAILED",name,type(e).__name__,str(e)[:160])
        if os.path.exists(path): os.remove(path)

if __name__=="__main__":
    out=sys.argv[1]; os.makedirs(out,exist_ok=True); torch.manual_seed(0)
    P=torch.onnx.TrainingMode.PRESERVE
    N={"x":{0:"N"}}; NHW={"x":{0:"N",2:"H",3:"W"}}
    D=torch.export.Dim
    for o in (7,8):
        run("plain.op%d.dynNHW"%o,Plain(),(torch.randn(2,3,8,8),),NHW,o,False,out,training=P,others=((1,3,8,8),(5,3,16,12)))
    for o in (9,10,11,12,13,14,15,16,17,18,19,20):
        run("layers.op%d.dynN"%o,Layers(),(torch.randn(2,3,8,8),),N,o,False,out,training=P,others=((1,3,8,8),(5,3,8,8)))
    run("layers.op17.static",Layers(),(torch.randn(2,3,8,8),),None,17,False,out,training=P)
    run("layers.op17.folded",Layers(),(torch.randn(2,3,8,8),),N,17,False,out,others=((5,3,8,8),))
    for o in (18,20,21,22):
        run("layers.dynamo%d.dynN"%o,Layers(),(torch.randn(2,3,8,8),),None,o,True,out,dyn_shapes=({0:D("N")},),others=((5,3,8,8),))
    for o in (14,17,20):
        run("attends.op%d.dynN"%o,Attends(),(torch.randn(2,10,16),),N,o,False,out,others=((1,10,16),(7,10,16)))
    run("attends.op17.static",Attends(),(torch.randn(1,10,16),),None,17,False,out)
    run("attends.dynamo20.dynN",Attends(),(torch.randn(2,10,16),),None,20,True,out,dyn_shapes=({0:D("N",max=1024)},),others=((7,10,16),))
    for o in (9,10,14,17):
        run("recurrent.op%d.dynNT"%o,Recurrent(),(torch.ones(2,9,dtype=torch.int64),),{"x":{0:"N",1:"T"}},o,False,out,others=((1,9),(3,5)))
    run("recurrent.dynamo20.static",Recurrent(),(torch.ones(2,9,dtype=torch.int64),),None,20,True,out)
    for o in (13,15,17,18,19,20):
        run("shapes.op%d.dynNHW"%o,Shapes(),(torch.randn(2,3,20,28),),NHW,o,False,out,others=((1,3,16,16),(3,3,33,18),(2,3,19,21)))
    run("shapes.dynamo20.dynNHW",Shapes(),(torch.randn(2,3,20,28),),None,20,True,out,dyn_shapes=({0:D("N"),2:D("H"),3:D("W")},),others=((1,3,16,16),(3,3,33,18),(2,3,19,21)))
    with open(os.path.join(out,"expected.csv"),"w") as f: f.write("\n".join(rows)+"\n")
